/// How a table was read: the decision on each column, so that another table can be read in the same way.
package struct TableReading: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case number, category, date
    }

    /// A feature that a column of dates gives.
    package struct Part: Codable, Equatable, Sendable {
        package let feature: String
        package let part: DatePart
    }

    /// One column of the table; what does not apply is nil.
    package struct Column: Codable, Equatable, Sendable {
        package let name: String
        /// Nil if the column is left out.
        package var kind: Kind?
        /// Why the column is left out.
        package var leftOut: String?
        /// How numbers are written; nil for plain numbers with a decimal point.
        package var notation: NumberNotation?
        /// How dates are written.
        package var date: DateFormat?
        /// The earliest date, in seconds since 1970; `elapsed` counts from it.
        package var origin: Double?
        /// The features of a column of dates.
        package var parts: [Part]?
        /// What is done to numbers before they are stored as 32-bit floats.
        package var scaling: FloatScaling?
        /// The number of missing cells, with ``odd``.
        package var missing: Int?
        /// The number of cells that are not in the notation, and count as missing.
        package var odd: Int?
        /// Whether ``odd`` cells are at least half of all, as a setting for the column may have it.
        package var isMostlyOdd: Bool?
        package var isTarget: Bool?

        init(name: String) { self.name = name }
    }

    /// All columns of the table, in their order.
    package var columns: [Column]
    /// The texts that count as missing in every column, beside the usual ones, in lower case.
    package var missing: [String]
    /// The mark between thousands, if a setting says it.
    package var thousands: Thousands?
}

extension TableReading {
    /// The column that a feature comes from, and the part of the date if it is one.
    struct Source {
        let column: Column
        let part: DatePart?
    }

    /// The columns that features come from, by the names of the features.
    var sources: [String: Source] {
        var sources: [String: Source] = [:]
        for column in columns where column.isTarget != true && column.leftOut == nil {
            for part in column.parts ?? [] { sources[part.feature] = Source(column: column, part: part.part) }
            if column.parts == nil { sources[column.name] = Source(column: column, part: nil) }
        }
        return sources
    }

    /// The columns that features come from, each once, in the order of `features`.
    package func columnNames(of features: [String]) -> [String] {
        let sources = sources
        var seen: Set<String> = []
        return features.map { sources[$0]?.column.name ?? $0 }.filter { seen.insert($0).inserted }
    }
}
