/// The format of a CSV file.
///
/// Each setting that is nil is detected from the file.
package struct TableDialect: Codable, Equatable, Sendable {
    package var separator: CSVMark?
    package var quote: CSVMark?
    package var decimal: CSVMark?
    package var header: Bool?

    package init() {}
}

extension TrainParameters {
    package var dialect: TableDialect {
        var dialect = TableDialect()
        (dialect.separator, dialect.quote) = (separator, quote)
        (dialect.decimal, dialect.header) = (decimal, header)
        return dialect
    }
}
