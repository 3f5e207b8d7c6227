import HTTPTypes

/// Parses the head of a response from the header lines that libcurl reports.
///
/// It skips interim responses (1xx) and trailers.
struct HeadParser {
    private var status: HTTPResponse.Status?
    private var lines: [String] = []
    /// Whether the head of the final response is complete.
    private(set) var isDone = false

    /// Parses one line with its line break, and returns the head if this line completes it.
    mutating func parse(_ bytes: some Collection<UInt8>) -> HTTPResponse? {
        let line = String(decoding: bytes, as: UTF8.self).trimmingLineBreak
        if isDone { return nil }
        if line.isEmpty { return finish() }
        if status == nil {
            status = HTTPResponse.Status(line: line)
        } else if line.hasPrefix(" ") || line.hasPrefix("\t"), let last = lines.popLast() {
            lines.append(last + " " + line.trimmingBlanks)  // obsolete line folding, RFC 9112, section 5.2
        } else {
            lines.append(line)
        }
        return nil
    }

    private mutating func finish() -> HTTPResponse? {
        defer {
            status = nil
            lines = []
        }
        guard let status, status.kind != .informational else { return nil }
        isDone = true
        return HTTPResponse(status: status, headerFields: HTTPFields(lines.compactMap(HTTPField.init(line:))))
    }
}

extension HTTPResponse.Status {
    /// Parses a line such as `HTTP/1.1 404 Not Found`.
    fileprivate init?(line: String) {
        let words = line.split(separator: " ", maxSplits: 2)
        guard line.hasPrefix("HTTP/"), words.count >= 2, let code = Int(words[1]), 100...999 ~= code else {
            return nil
        }
        self.init(code: code, reasonPhrase: words.count > 2 ? String(words[2]) : "")
    }
}

extension HTTPField {
    fileprivate init?(line: String) {
        guard let colon = line.firstIndex(of: ":"), let name = Name(String(line[..<colon])) else {
            return nil
        }
        self.init(name: name, value: line[line.index(after: colon)...].trimmingBlanks)
    }
}

extension String {
    fileprivate var trimmingLineBreak: String {
        var bytes = utf8[...]
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return String(bytes) ?? self
    }
}

extension StringProtocol {
    fileprivate var trimmingBlanks: String {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
