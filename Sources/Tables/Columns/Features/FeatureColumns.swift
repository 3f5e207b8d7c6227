import Threads

/// The feature columns of a table: numbers, texts as categories, and dates as their parts.
///
/// A column is left out if it is empty, if it only numbers or names the rows, or if its texts are too many to be
/// categories.
struct FeatureColumns {
    private(set) var kept: [Feature] = []
    private(set) var readings: [TableReading.Column] = []
    private(set) var decisions: [String] = []
    /// What a person should know, with ``leftOutWarnings``.
    private(set) var warnings: [String] = []
    /// Those of ``warnings`` that say that a column is left out.
    private(set) var leftOutWarnings: [String] = []

    /// - Throws: ``TableError/cancelled`` if `isCancelled` returns true.
    init(
        _ reader: TableReader,
        _ columns: CSVColumns,
        _ csv: Span<UInt8>,
        target: Int,
        leftOut: [Int: String],
        threads: Int,
        isCancelled: @Sendable () -> Bool
    ) throws(TableError) {
        let indices = columns.layout.names.indices.filter { $0 != target }
        // The distinct texts of a column are many in a table with IDs, so they live only while it is gathered.
        let gathered = Parallel.map(indices.count, threads: threads, scratch: {}) {
            _,
            index -> ColumnFeatures? in
            guard !isCancelled() else { return nil }
            let column = indices[index]
            defer { columns.free(column) }
            return ColumnFeatures(reader, columns, column, Self.labels(reader, columns, column, csv))
        }
        guard let gathered else { throw .cancelled }
        var taken = Set(columns.layout.names)
        for (column, found) in zip(indices, gathered) {
            let reason = leftOut[column]
            keep(reason.map { .leftOut(columns.layout.names[column], because: $0) } ?? found, &taken)
            if let warning = columns.swallowedWarning(column, csv) { warnings.append(warning) }
        }
        if kept.isEmpty { keepRowNumbers(gathered) }
    }

    /// Learns from the numbers of the rows if there is nothing else.
    private mutating func keepRowNumbers(_ found: [ColumnFeatures]) {
        guard let numbers = found.compactMap(\.rowNumbers).first,
            let place = readings.firstIndex(where: { $0.name == numbers.name && $0.leftOut != nil })
        else { return }
        kept = [numbers]
        readings[place].leftOut = nil
        readings[place].kind = .number
        decisions.removeAll { $0.hasPrefix("column \(numbers.name.quotedName) is left out") }
        decisions.append(
            "column \(numbers.name.quotedName) numbers the rows, and is used because there is no other"
        )
    }

    /// A sentence for each column that is left out.
    var leftOut: [String] {
        readings.compactMap { reading in reading.leftOut.map { ColumnFeatures.leftOut(reading.name, $0) } }
    }

    /// The distinct texts of a text column; incomplete if they are too many to be categories.
    private static func labels(
        _ reader: TableReader,
        _ columns: CSVColumns,
        _ column: Int,
        _ csv: Span<UInt8>
    ) -> ColumnLabels? {
        guard columns.plan(column).kind == .text else { return nil }
        let cells = Double(columns.allRows - columns.missing(column))
        let isRequested = reader.decisions[column].isRequested
        let limit = isRequested ? .max : max(Int(ColumnFeatures.maxDistinctShare * cells), 2)
        return columns.labels(column, csv, limit: min(limit, ColumnLabels.maxTexts))
    }

    private mutating func keep(_ found: ColumnFeatures, _ taken: inout Set<String>) {
        var found = found
        found.numberParts(&taken)
        kept += found.features
        readings.append(found.reading)
        decisions += found.decisions
        warnings += found.warnings
        guard let warning = found.leftOutWarning else { return }
        warnings.append(warning)
        leftOutWarnings.append(warning)
    }
}

extension Feature {
    /// Whether all values are equal; a missing value differs from every present one.
    var isConstant: Bool {
        guard let first = values.first, !first.isNaN else { return values.allSatisfy(\.isNaN) }
        return values.allSatisfy { $0 == first }
    }
}
