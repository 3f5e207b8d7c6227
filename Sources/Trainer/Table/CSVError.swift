/// Why a file is not a table.
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
        case .utf16: "the file is UTF-16; convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW"
        case .gzip: "the file is compressed with gzip; unpack it first: gunzip"
        case .zip: "the file is a ZIP archive or a workbook; unpack it, or save the table as CSV"
        case .notUTF8(let line, let byte):
            "line \(line) has the byte 0x\(String(byte, radix: 16, uppercase: true)), which is no UTF-8; "
                + "convert the file, if it is Latin-1: iconv -f ISO-8859-1 -t UTF-8 FILE > NEW"
        case .noRows: "there is a header but no row below it"
        case .raggedRow(let line, let fields, let expected):
            "line \(line) has \(fields) field\(fields == 1 ? "" : "s"), but the table has \(expected) columns"
        case .openQuote(let line): "a quote that opens in line \(line) never closes"
        case .textAfterQuote(let line):
            "in line \(line) there is text behind a closing quote; double the quotes that stand within quotes"
        case .emptyName(1):
            "column 1 has no name in the header; name it, or leave it out if it is pandas' index (index=False)"
        case .emptyName(let column): "column \(column) has no name in the header; name it"
        case .duplicateName(let name): "two columns are called \"\(name)\"; rename one"
        case .noColumns(let names, let found):
            "no column named \(names.quoted) in the header (found: \(found.prefix(20).joined(separator: ", ")))"
        case .wrongWidth(let count, let features, let all):
            "the file has no header and \(count) columns, but the model takes \(features)"
                + (all.map { ", or all \($0) of the table it learnt from" } ?? "")
                + "; name the columns in a first line"
        case .tooLarge(let rows, let columns, let bytes, let limit):
            "about \(rows) rows of \(columns) columns need \(bytes >> 20) MB, and there are \(limit >> 20) MB; "
                + "take fewer rows or columns"
        case .cancelled: "cancelled"
        }
    }
}

extension CSVError {
    /// What `fault` is to people, who count lines.
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
