/// How somebody says that a table is written; what is nil is found out.
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
