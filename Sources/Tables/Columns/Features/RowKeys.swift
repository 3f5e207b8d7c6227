/// What rows have beside features and target: a time, a group and a weight.
struct RowKeys {
    private(set) var time: [Double]?
    private(set) var group: [Int32]?
    private(set) var weights: [Float]?
    /// Which column gives the time.
    private(set) var decisions: [String] = []

    init(
        _ reader: TableReader,
        _ columns: CSVColumns,
        _ source: KeyColumns,
        _ csv: Span<UInt8>,
        needsTime: Bool
    )
        throws(TableError)
    {
        if let column = source.group { group = Self.groups(columns, column, csv) }
        if let column = source.weight { weights = try Self.weights(columns, column, csv) }
        if needsTime, let column = Self.timeColumn(columns) {
            time = columns.values(column)
            decisions.append("the time of a row is its \"\(columns.layout.names[column])\"")
        }
    }

    /// The first column of dates; if there is none, the first column of numbers whose name speaks of years or times.
    private static func timeColumn(_ columns: CSVColumns) -> Int? {
        let dates = columns.layout.names.indices.first { column in
            if case .date = columns.plan(column).kind { true } else { false }
        }
        return dates
            ?? columns.layout.names.indices.first { column in
                let name = columns.layout.names[column]
                guard case .number = columns.plan(column).kind else { return false }
                return ColumnNameWords(name).speaksOfTime || NameWords(name).words.contains("year")
            }
    }

    /// Equal numbers for rows with equal values; rows without a value are one group.
    private static func groups(_ columns: CSVColumns, _ column: Int, _ csv: Span<UInt8>) -> [Int32] {
        if columns.plan(column).kind == .text {
            let labels = columns.labels(column, csv, limit: .max)
            return columns.floats(column, as: labels).map { $0.isNaN ? -1 : Int32($0) }
        }
        var numbers: [Double: Int32] = [:]
        return columns.values(column).map { value in
            guard !value.isNaN else { return -1 }
            if let number = numbers[value] { return number }
            let number = Int32(numbers.count)
            numbers[value] = number
            return number
        }
    }

    /// - Throws: ``TableError/notAWeight(column:value:)`` if a row has no weight, or one that is below 0 or not finite.
    private static func weights(_ columns: CSVColumns, _ column: Int, _ csv: Span<UInt8>) throws(TableError)
        -> [Float]
    {
        let name = columns.layout.names[column]
        guard case .number = columns.plan(column).kind else {
            let first = columns.labels(column, csv, limit: ColumnLabels.maxTexts).examples.first ?? ""
            throw .notAWeight(column: name, value: first)
        }
        let weights = columns.values(column).map { Float($0) }
        if let wrong = weights.first(where: { !($0 >= 0 && $0.isFinite) }) {
            throw .notAWeight(column: name, value: wrong.isNaN ? "" : "\(wrong)")
        }
        guard weights.contains(where: { $0 > 0 }) else { throw .notAWeight(column: name, value: "0") }
        return weights
    }
}

extension CSVColumns {
    /// The values of a column of numbers or dates as doubles.
    fileprivate func values(_ column: Int) -> [Double] {
        switch plan(column).kind {
        case .date: doubles(column)
        case .number: plan(column).isTarget ? doubles(column) : floats(column).map { Double($0) }
        case .text, .ignored: []
        }
    }
}
