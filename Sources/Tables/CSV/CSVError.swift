/// Why a file cannot be read as a CSV table.
package enum CSVError: Error, Equatable, CustomStringConvertible {
    case empty
    case utf16
    case gzip
    case zip
    case notUTF8(line: Int, byte: UInt8)
    case noRows
    case raggedRow(line: Int, fields: Int, expected: Int)
    case openQuote(line: Int)
    case textAfterQuote(line: Int)
    case emptyName(column: Int)
    case duplicateName(String)
    case noColumns([String], found: [String])
    case wrongWidth(Int, features: Int, all: Int?)
    case tooLarge(rows: Int, columns: Int, bytes: Int, limit: Int)
    case cancelled

    package var description: String {
        switch self {
        case .empty: "the file is empty"
        case .utf16: "the file is UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW"
        case .gzip: "the file is compressed with gzip; decompress it first: gunzip FILE"
        case .zip: "the file is a ZIP archive or a workbook; extract it, or save the table as CSV"
        case .notUTF8(let line, let byte):
            "line \(line) has the byte 0x\(String(byte, radix: 16, uppercase: true)), which is not UTF-8; "
                + "if the file is Latin-1, convert it: iconv -f ISO-8859-1 -t UTF-8 FILE > NEW"
        case .noRows: "the file has a header but no row below it"
        case .raggedRow(let line, let fields, let expected):
            "line \(line) has \(fields) field\(fields == 1 ? "" : "s"), but the table has \(expected) columns; "
                + "give each row a field for each column"
        case .openQuote(let line):
            "the quote that opens in line \(line) is never closed; close it, or double it if it is text"
        case .textAfterQuote(let line):
            "line \(line) has text after a closing quote; double each quote that is part of a quoted field"
        case .emptyName(1):
            "column 1 has no name in the header; name it, or leave it out if it is pandas' index (index=False)"
        case .emptyName(let column): "column \(column) has no name in the header; name it"
        case .duplicateName(let name): "two columns have the name \"\(name)\"; rename one"
        case .noColumns(let names, let found):
            "no column named \(names.quoted) in the header (found: \(found.prefix(20).joined(separator: ", ")))"
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
            case .textAfterQuote(let offset): .textAfterQuote(line: LineEnds.line(of: offset, in: bytes))
            case .ragged(let offset, let fields):
                .raggedRow(line: LineEnds.line(of: offset, in: bytes), fields: fields, expected: expected)
            }
    }
}
