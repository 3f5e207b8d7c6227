/// Checks that a file is UTF-8, and detects common other formats by their first bytes.
package enum CSVEncoding {
    /// The number of bytes that are examined for UTF-16.
    private static let sampleSize = 200

    /// Checks that `bytes` do not begin like UTF-16, gzip or ZIP.
    ///
    /// - Throws: ``CSVError`` with the format that was detected.
    static func check(_ bytes: Span<UInt8>) throws(CSVError) {
        if begins(bytes, with: [0xFF, 0xFE]) || begins(bytes, with: [0xFE, 0xFF]) { throw .utf16 }
        if begins(bytes, with: [0x1F, 0x8B]) { throw .gzip }
        if begins(bytes, with: [0x50, 0x4B, 0x03, 0x04]) { throw .zip }
        if hasZeroEverySecondByte(bytes) { throw .utf16 }
    }

    /// Checks that all of `bytes` are UTF-8.
    ///
    /// - Throws: ``CSVError`` with the format that was detected, or with the first byte that is not UTF-8.
    package static func requireUTF8(_ bytes: Span<UInt8>) throws(CSVError) {
        try check(bytes)
        try requireUTF8(0..<bytes.count, in: bytes)
    }

    /// Checks that the bytes of `field` are UTF-8.
    ///
    /// - Throws: ``CSVError/notUTF8(line:byte:)`` for the first byte that is not.
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

    /// Whether every second one of the first bytes is zero, and the others are not.
    ///
    /// ASCII text in UTF-16 without a byte order mark begins like this.
    private static func hasZeroEverySecondByte(_ bytes: Span<UInt8>) -> Bool {
        let pairs = min(bytes.count, sampleSize) / 2
        return pairs > 1
            && (0...1).contains { side in
                (0..<pairs).allSatisfy { (bytes[2 * $0 + side] == 0) && bytes[2 * $0 + 1 - side] != 0 }
            }
    }
}
