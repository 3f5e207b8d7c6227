/// The ID of a blob on Walrus: 32 bytes that are computed from the blob's content alone.
///
/// Its text form is URL-safe base64 without padding, 43 characters. Sui reads the same bytes as a little-endian
/// `u256`.
package struct BlobID: Hashable, Sendable {
    /// Always 32 bytes.
    package let bytes: [UInt8]

    /// - Precondition: `bytes` has 32 elements.
    package init(bytes: [UInt8]) {
        precondition(bytes.count == 32, "a blob ID has 32 bytes")
        self.bytes = bytes
    }

    /// Parses the text form: 43 characters of the URL-safe alphabet.
    ///
    /// The last two bits of the last character must be zero.
    ///
    /// - Throws: ``BlobIDError`` if `text` is anything else.
    package init(_ text: some StringProtocol) throws(BlobIDError) {
        guard text.utf8.count == 43, let bytes = Base64URL.decode(text.utf8), bytes.count == 32 else {
            let hasForm = text.utf8.count == 43 && text.utf8.allSatisfy(Base64URL.alphabet.contains)
            throw hasForm ? .mistyped(String(text)) : .malformed(String(text.prefix(80)))
        }
        self.bytes = bytes
    }
}

extension BlobID: CustomStringConvertible {
    package var description: String { Base64URL.encode(bytes) }
}

extension BlobID: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Why a text is not a blob ID.
package enum BlobIDError: Error, Equatable, CustomStringConvertible {
    case malformed(String)
    /// The text has the length and the alphabet of an ID, but its last two bits are not zero.
    case mistyped(String)

    package var description: String {
        switch self {
        case .malformed(let text):
            "\"\(text)\" is not a Walrus blob ID\(Self.hint(about: text))"
        case .mistyped(let text):
            "\"\(text)\" is not a Walrus blob ID: no ID ends with \"\(text.suffix(1))\"; copy the ID again"
        }
    }

    /// Whether a person may have meant an ID: a part of one, one with a letter too much, or the ID of a Sui object.
    package var isNearlyAnID: Bool {
        switch self {
        case .malformed(let text): Self.isSuiObject(text) || Self.isNearly(text)
        case .mistyped: true
        }
    }

    private static func isSuiObject(_ text: String) -> Bool {
        text.hasPrefix("0x") && text.utf8.count == 66
    }

    private static func isNearly(_ text: String) -> Bool {
        (32...60).contains(text.utf8.count) && text.utf8.allSatisfy(Base64URL.alphabet.contains)
    }

    /// What the text may be instead of an ID.
    private static func hint(about text: String) -> String {
        if isSuiObject(text) {
            return ", but one of a Sui object; copy the blob ID, which has 43 characters"
        }
        guard isNearly(text) else { return ", which has 43 letters, digits, - or _" }
        let count = text.utf8.count
        return
            ": it has \(count) characters, and an ID has 43, so \(count < 43 ? "a part is missing" : "some are too many"); "
            + "copy the ID again"
    }
}
