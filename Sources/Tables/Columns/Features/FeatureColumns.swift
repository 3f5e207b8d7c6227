import Threads

/// The feature columns of a table: numbers, texts as categories, and dates as their parts.
///
/// A column is left out if it is empty, if it only numbers or names the rows, or if its texts are too many to be
/// categories.
struct FeatureColumns {
    private(set) var kept: [Feature] = []
    private(set) var readings: [TableReading.Column] = []
    private(set) var decisions: [String] = []
    private(set) var warnings: [String] = []

    init(
        _ reader: TableReader,
        _ columns: CSVColumns,
        _ csv: Span<UInt8>,
        target: Int,
        leftOut: [Int: String],
        threads: Int
    ) {
        let indices = columns.layout.names.indices.filter { $0 != target }
        // The distinct texts are joined on this thread, because they refer to the bytes of the file.
        let labels = indices.map { Self.labels(columns, $0, csv) }
        let gathered = Parallel.map(indices.count, threads: threads, scratch: {}) { [labels] _, index in
            defer { columns.free(indices[index]) }
            return ColumnFeatures(reader, columns, indices[index], labels[index])
        }
        for (column, found) in zip(indices, gathered ?? []) {
            let reason = leftOut[column]
            keep(reason.map { .leftOut(columns.layout.names[column], because: $0) } ?? found)
            if let warning = columns.swallowedWarning(column, csv) { warnings.append(warning) }
        }
        if kept.isEmpty { keepRowNumbers(gathered ?? []) }
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

    private static func labels(_ columns: CSVColumns, _ column: Int, _ csv: Span<UInt8>) -> ColumnLabels? {
        guard columns.plan(column).kind == .text else { return nil }
        return columns.labels(column, csv, limit: ColumnLabels.maxTexts)
    }

    private mutating func keep(_ found: ColumnFeatures) {
        kept += found.features
        readings.append(found.reading)
        decisions += found.decisions
        warnings += found.warnings
    }
}

extension Feature {
    /// Whether all values are equal; a missing value differs from every present one.
    var isConstant: Bool {
        guard let first = values.first, !first.isNaN else { return values.allSatisfy(\.isNaN) }
        return values.allSatisfy { $0 == first }
    }
}
