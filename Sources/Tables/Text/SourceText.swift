/// A file's text in UTF-8, converted from another encoding.
package struct SourceText: Sendable {
    package let utf8: [UInt8]
    package let encoding: TextEncoding
    /// The number of U+FFFD that stand for bytes that the encoding does not have.
    package let replaced: Int
    /// The line of the first of them.
    package let firstReplacedLine: Int?

    /// The text of the file `bytes`; nil if the file already is UTF-8, so that nothing is copied.
    ///
    /// A UTF-8 file may have a byte order mark, which the reader skips. A converted text has none.
    ///
    /// - Throws: ``CSVError/format(_:)`` if the file is no text table, ``CSVError/noConverter(_:)`` if the C library
    ///   cannot convert the encoding, ``CSVError/cancelled`` if `isCancelled` returns true.
    package static func decoded(
        _ bytes: Span<UInt8>,
        threads: Int = 1,
        isCancelled: () -> Bool = { false }
    ) throws(CSVError) -> SourceText? {
        if let format = FileFormat(of: bytes) { throw .format(format) }
        let check = UTF8Check(bytes, threads: threads)
        if check.isClean { return nil }
        guard let (encoding, start) = TextEncoding.detect(in: bytes, check) else {
            let offset = check.firstNUL ?? check.firstInvalid ?? 0
            throw .format(.binary(line: LineEnds.line(of: offset, in: bytes)))
        }
        return try SourceText(bytes.extracting(start...), encoding, isCancelled: isCancelled)
    }

    /// Whether a file begins as UTF-8, as far as the first megabyte shows.
    ///
    /// - Throws: ``CSVError/format(_:)`` if the file is no text table.
    static func beginsAsUTF8(_ bytes: Span<UInt8>) throws(CSVError) -> Bool {
        if let format = FileFormat(of: bytes) { throw .format(format) }
        var end = min(bytes.count, 1 << 20)
        if end < bytes.count { while end > 0, !CSVScanner.endsLine(bytes[end - 1]) { end -= 1 } }
        return UTF8Check(bytes.extracting(0..<end)).isClean
    }

    /// Converts `bytes`, which have no byte order mark, from `encoding`.
    init(
        _ bytes: Span<UInt8>,
        _ encoding: TextEncoding,
        isCancelled: () -> Bool = { false }
    ) throws(CSVError) {
        guard let converter = Converter(from: encoding) else { throw .noConverter(encoding) }
        guard let output = converter.convert(bytes, isCancelled: isCancelled) else { throw .cancelled }
        let text = output.utf8.span
        if let format = FileFormat(of: text) { throw .format(format) }
        if let offset = UTF8Check(text).firstNUL {
            throw .format(.binary(line: LineEnds.line(of: offset, in: text)))
        }
        utf8 = output.utf8
        self.encoding = encoding
        replaced = output.replaced
        firstReplacedLine = output.firstReplaced.map { LineEnds.line(of: $0, in: text) }
    }

    /// What was decided about the encoding, in a sentence.
    package var remark: String {
        switch encoding {
        case .utf8: "the file is UTF-8 with wrong bytes"
        case _ where encoding.isSure: "the file is \(encoding.name)"
        default: "the file is read as \(encoding.name); if letters look wrong, convert it to UTF-8"
        }
    }

    /// A warning that some bytes were not valid; nil if all were.
    package var warning: String? {
        guard let firstReplacedLine else { return nil }
        return "\(replaced) byte\(replaced == 1 ? "" : "s") not valid in \(encoding.name) became \u{FFFD}, "
            + "first in line \(firstReplacedLine)"
    }
}
