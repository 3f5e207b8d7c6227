/// What a file is where it is no UTF-8 text: told by its first bytes, and by those of the texts in it.
package enum CSVEncoding {
    private static let lookedAt = 200

    /// - Throws: ``CSVError`` that says what the bytes are instead.
    static func check(_ bytes: Span<UInt8>) throws(CSVError) {
        if begins(bytes, with: [0xFF, 0xFE]) || begins(bytes, with: [0xFE, 0xFF]) { throw .utf16 }
        if begins(bytes, with: [0x1F, 0x8B]) { throw .gzip }
        if begins(bytes, with: [0x50, 0x4B, 0x03, 0x04]) { throw .zip }
        if hasZeroEverySecondByte(bytes) { throw .utf16 }
    }

    /// - Throws: ``CSVError`` for bytes that are no text in UTF-8.
    package static func requireUTF8(_ bytes: Span<UInt8>) throws(CSVError) {
        try check(bytes)
        try requireUTF8(0..<bytes.count, in: bytes)
    }

    /// - Throws: ``CSVError/notUTF8(line:byte:)`` for the first byte of `field` that is none.
    static func requireUTF8(_ field: CSVField, in bytes: Span<UInt8>) throws(CSVError) {
        try requireUTF8(field.start..<field.end, in: bytes)
    }

    private static func requireUTF8(_ range: Range<Int>, in bytes: Span<UInt8>) throws(CSVError) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.extracting(range))
        } catch {
            let offset = range.lowerBound + error.byteOffsets.lowerBound
            throw .notUTF8(line: LineEnds.line(of: offset, in: bytes), byte: bytes[offset])
        }
    }

    private static func begins(_ bytes: Span<UInt8>, with mark: [UInt8]) -> Bool {
        bytes.count >= mark.count && mark.indices.allSatisfy { bytes[$0] == mark[$0] }
    }

    /// As where most text is ASCII, in UTF-16 without a byte order mark.
    private static func hasZeroEverySecondByte(_ bytes: Span<UInt8>) -> Bool {
        let pairs = min(bytes.count, lookedAt) / 2
        return pairs > 1
            && (0...1).contains { side in
                (0..<pairs).allSatisfy { (bytes[2 * $0 + side] == 0) && bytes[2 * $0 + 1 - side] != 0 }
            }
    }
}
