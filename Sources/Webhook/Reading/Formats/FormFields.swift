/// The fields of a query, or of a body of the type `application/x-www-form-urlencoded`.
enum FormFields {
    /// The fields in order, decoded; the names are in lower case.
    static func decode(_ text: String) -> [(name: String, value: String)] {
        text.utf8.split(separator: UInt8(ascii: "&")).map { field in
            let pair = field.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            return (decoded(pair[0]).lowercased(), pair.count == 2 ? decoded(pair[1]) : "")
        }
    }

    /// The fields of a form that a sender meant as one; nil if the body is text.
    ///
    /// `curl -d` calls every text a form, so a body is a form only if it has the shape of one and a field that holds text.
    static func form(_ text: String) -> [(name: String, value: String)]? {
        guard !text.isEmpty, text.utf8.allSatisfy(isOfForm) else { return nil }
        let fields = text.utf8.split(separator: UInt8(ascii: "&"))
        guard fields.allSatisfy({ $0.contains(UInt8(ascii: "=")) && $0.first != UInt8(ascii: "=") }) else {
            return nil
        }
        let form = decode(text)
        return form.contains { textNames.contains($0.name) } ? form : nil
    }

    private static let textNames: Set = [
        "message", "x-message", "title", "x-title", "body", "text", "content", "msg",
    ]

    /// Whether a form may contain the byte: forms encode blanks, controls and all that is not ASCII.
    private static func isOfForm(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

    private static func decoded(_ field: Substring.UTF8View.SubSequence) -> String {
        var (bytes, rest) = ([UInt8](), field)
        bytes.reserveCapacity(field.count)
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(0x20)
            } else if byte == UInt8(ascii: "%"), let escaped = UInt8(hexadecimal: rest.prefix(2)) {
                bytes.append(escaped)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    /// The byte that two hexadecimal digits stand for; nil if they are not two such digits.
    init?(hexadecimal digits: some Collection<UInt8>) {
        guard digits.count == 2, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
            let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
        else { return nil }
        self = byte
    }
}
