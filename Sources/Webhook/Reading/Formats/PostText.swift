import Unpacking

/// Whether the bytes of a body are text, and which.
enum PostText {
    /// The text that the bytes are; nil if they are no text but a picture, an archive and the like.
    ///
    /// Text that is neither UTF-8 nor in a charset that its sender names is taken for Windows' Latin-1, unless it has
    /// characters in UTF-8 as well: then it is UTF-8 that was damaged, and the damage is replaced by U+FFFD.
    static func text(of bytes: [UInt8], charset: String? = nil) -> String? {
        if let charset, let text = Charset.text(bytes, in: charset) { return withoutMark(text) }
        if let text = String(validating: bytes, as: UTF8.self) { return withoutMark(text) }
        for (mark, charset) in [([0xFF, 0xFE], "utf-16le"), ([0xFE, 0xFF], "utf-16be")] as [([UInt8], String)]
        where bytes.starts(with: mark) {
            let text = Charset.text(Array(bytes.dropFirst(2)), in: charset)
            if let text, !text.unicodeScalars.contains(where: isForeign) { return text }
        }
        if bytes.contains(where: { isForeign(Unicode.Scalar($0)) }) { return nil }
        let repaired = String(decoding: bytes, as: UTF8.self)
        let hasCharacters = repaired.unicodeScalars.contains { $0.value > 0x7F && $0 != "\u{FFFD}" }
        return hasCharacters ? repaired : Charset.text(bytes, in: "iso-8859-1") ?? repaired
    }

    /// The text without the byte order mark that programs of Windows write before it.
    private static func withoutMark(_ text: String) -> String {
        text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Whether no text contains the character: a control character that is no white space, bell, backspace or escape.
    private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 && !(7...13).contains(scalar.value) && scalar.value != 0x1B
    }
}
