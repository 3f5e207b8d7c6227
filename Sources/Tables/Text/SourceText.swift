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
    ///   cannot convert the encoding.
    package static func decoded(_ bytes: Span<UInt8>, threads: Int = 1) throws(CSVError) -> SourceText? {
        if let format = FileFormat(of: bytes) { throw .format(format) }
        let check = UTF8Check(bytes, threads: threads)
        if check.isClean { return nil }
        guard let (encoding, start) = TextEncoding.detect(in: bytes, check) else {
            let offset = check.firstNUL ?? check.firstInvalid ?? 0
            throw .format(.binary(line: LineEnds.line(of: offset, in: bytes)))
        }
        return try SourceText(bytes.extracting(start...), encoding)
    }

    /// Converts `bytes`, which have no byte order mark, from `encoding`.
    init(_ bytes: Span<UInt8>, _ encoding: TextEncoding) throws(CSVError) {
        guard let converter = Converter(from: encoding) else { throw .noConverter(encoding) }
        let output = converter.convert(bytes)
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

    /// Checks by the first bytes that a file may be a table in UTF-8.
    ///
    /// - Throws: ``CSVError/format(_:)`` or ``CSVError/encoded(_:)``.
    static func requireTable(_ bytes: Span<UInt8>) throws(CSVError) {
        if let format = FileFormat(of: bytes) { throw .format(format) }
        let head = bytes.extracting(first: 4_096)
        guard let (encoding, _) = TextEncoding.wide(head, UTF8Check(head)) else { return }
        throw .encoded(encoding)
    }

    /// Checks that a whole file is UTF-8 without NUL bytes.
    ///
    /// - Throws: ``CSVError/format(_:)``, ``CSVError/encoded(_:)``, or ``CSVError/notUTF8(line:byte:)`` for the first
    ///   byte that is not UTF-8.
    package static func requireUTF8(_ bytes: Span<UInt8>) throws(CSVError) {
        try requireTable(bytes)
        let check = UTF8Check(bytes)
        if let offset = check.firstNUL { throw .format(.binary(line: LineEnds.line(of: offset, in: bytes))) }
        if let offset = check.firstInvalid {
            throw .notUTF8(line: LineEnds.line(of: offset, in: bytes), byte: bytes[offset])
        }
    }

    /// What was decided about the encoding, in a sentence.
    package var remark: String {
        encoding == .utf8
            ? "the file is UTF-8 with wrong bytes" : "the file is \(encoding.name), read as UTF-8"
    }

    /// A warning that some bytes were not valid; nil if all were.
    package var warning: String? {
        guard let firstReplacedLine else { return nil }
        return "\(replaced) byte\(replaced == 1 ? "" : "s") not valid in \(encoding.name) became \u{FFFD}, "
            + "first in line \(firstReplacedLine)"
    }
}
