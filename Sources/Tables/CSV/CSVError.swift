/// Why a file cannot be read as a CSV table.
package enum CSVError: Error, Equatable, CustomStringConvertible {
    case empty
    /// The file is no text table.
    case format(FileFormat)
    /// The C library on this machine cannot convert the encoding.
    case noConverter(TextEncoding)
    case noRows
    /// The text has bytes that are not UTF-8, so it must be converted first.
    case notUTF8
    /// No cell of a column is what the setting `types` says.
    case wrongType(column: String, type: ColumnType, text: String)
    case oneColumn(name: String)
    case raggedRow(line: Int, fields: Int, expected: Int)
    case tooManyFields(line: Int, limit: Int)
    case openQuote(line: Int)
    case noColumns([String], found: [String])
    case wrongWidth(Int, features: Int, all: Int?)
    case tooLarge(rows: Int, columns: Int, bytes: Int, limit: Int)
    case cancelled

    package var description: String {
        switch self {
        case .empty: "the file is empty"
        case .format(let format): format.description
        case .noConverter(let encoding):
            "the file is \(encoding.name), and the C library on this machine has no converter for it; "
                + "convert it on another: \(encoding.command)"
        case .noRows: "the file has a header but no row below it"
        case .notUTF8: "the file is not UTF-8"
        case .wrongType(let column, let type, let text):
            "types=\(SettingWord(column)):\(type.rawValue) does not fit: \(text.quotedName) is no \(type.rawValue); "
                + "say types=\(SettingWord(column)):text, or leave the setting out"
        case .oneColumn(let name):
            "no separator divides the lines into columns (the only column is \(name.quotedName)); "
                + "name it with separator=comma, semicolon, tab, bar or space"
        case .raggedRow(let line, let fields, let expected):
            "line \(line) has \(fields) field\(fields == 1 ? "" : "s"), but the table has \(expected) columns; "
                + "give each row a field for each column"
        case .tooManyFields(let line, let limit):
            "line \(line) has more than \(limit) fields, the most that a table can have; leave out columns"
        case .openQuote(let line):
            "the quote that opens in line \(line) is never closed; close it, or double it if it is text"
        case .noColumns(let names, let found):
            "no column named \(names.quoted(within: 60)) in the header (found: \(found.quoted(within: 80)))"
        case .wrongWidth(let count, let features, let all):
            "the file has no header and \(count) columns, but the model needs \(features) columns"
                + (all.map { ", or all \($0) of its training table" } ?? "")
                + "; add a header with the names of the columns"
        case .tooLarge(let rows, let columns, let bytes, let limit):
            "about \(rows) rows of \(columns) columns need \(bytes >> 20) MiB, but only \(limit >> 20) MiB "
                + "of memory can be used; leave out rows or columns"
        case .cancelled: "cancelled"
        }
    }
}

extension CSVError {
    /// Converts `fault`: the offset of a byte becomes the number of a line.
    init(_ fault: CSVFault, expected: Int, in bytes: Span<UInt8>) {
        self =
            switch fault {
            case .openQuote(let offset): .openQuote(line: LineEnds.line(of: offset, in: bytes))
            case .tooManyFields(let offset):
                .tooManyFields(line: LineEnds.line(of: offset, in: bytes), limit: CSVSample.maxFields)
            case .ragged(let offset, let fields):
                .raggedRow(line: LineEnds.line(of: offset, in: bytes), fields: fields, expected: expected)
            }
    }
}
