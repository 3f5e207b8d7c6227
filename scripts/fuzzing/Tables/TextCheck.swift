@testable import Tables

/// What must hold of any file's text: it is UTF-8 already, is converted to UTF-8, or is refused.
enum TextCheck {
    static func faults(_ bytes: [UInt8]) -> [String] {
        let (one, three) = (decoded(bytes, threads: 1), decoded(bytes, threads: 3))
        var faults: [String] = []
        switch (one, three) {
        case (.success(let one), .success(let three)):
            if one?.utf8 != three?.utf8 || one?.encoding != three?.encoding { faults.append("threads") }
            faults += check(one, bytes)
        case (.failure(let one), .failure(let three)):
            if one != three { faults.append("threads: \"\(one)\" and \"\(three)\"") }
        case (.success, .failure), (.failure, .success): faults.append("threads: only one reading fails")
        }
        return faults
    }

    private static func decoded(_ bytes: [UInt8], threads: Int) -> Result<SourceText?, CSVError> {
        Result { () throws(CSVError) in try SourceText.decoded(bytes.span, threads: threads) }
    }

    private static func check(_ text: SourceText?, _ bytes: [UInt8]) -> [String] {
        guard let text else { return isText(bytes) ? [] : ["a file that is no UTF-8 passes"] }
        var faults: [String] = []
        if !isText(text.utf8) { faults.append("\(text.encoding) gives no UTF-8") }
        if (text.replaced == 0) != (text.firstReplacedLine == nil) {
            faults.append("\(text.replaced) replaced")
        }
        for line in [text.remark, text.warning ?? ""] where line.count > 200 { faults.append(line) }
        return faults
    }

    /// Whether bytes are UTF-8 without a NUL.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
    }
}
