import Threads

/// The feature columns of a table: numbers, and texts as categories.
///
/// A column is left out if it is empty, or if it has too many distinct texts to be a category.
struct FeatureColumns {
    private(set) var kept: [Feature] = []
    private(set) var decisions: [String] = []
    private(set) var warnings: [String] = []

    /// The largest ratio of distinct texts to cells in a categorical column.
    ///
    /// If a column has a larger ratio, its texts identify rows, as IDs do, and are not categories.
    private static let maxDistinctShare = 0.5

    init(
        _ source: TableSource,
        _ columns: CSVColumns,
        _ csv: Span<UInt8>,
        threads: Int
    ) throws(TableError) {
        let indices = columns.layout.names.indices.filter { $0 != source.target }
        var labels: [Int: ColumnLabels] = [:]
        for column in indices {
            if columns.uses[column] == .text {
                let present = Double(columns.rows - columns.missing(column))
                let limit = min(Int(Self.maxDistinctShare * present), ColumnLabels.maxTexts)
                let texts = try columns.distinctLabels(column, csv, limit: limit)
                if let warning = try columns.refuseNearNumbers(texts, column, csv) {
                    warnings.append(warning)
                }
                labels[column] = texts
            } else {
                try columns.requireNumbers(column, csv)
            }
        }
        let gathered = Parallel.map(indices.count, threads: threads, scratch: {}) { [labels] _, index in
            let column = indices[index]
            defer { columns.free(column) }
            return Self.feature(columns, column, labels[column])
        }
        for feature in gathered ?? [] { keep(feature) }
    }

    private static func feature(_ columns: CSVColumns, _ column: Int, _ labels: ColumnLabels?) -> Feature {
        let name = columns.layout.names[column]
        guard let labels else {
            return Feature(name: name, kind: .numeric, values: columns.floats(column))
        }
        return Feature(
            name: name,
            kind: .categorical(labels: labels.texts),
            values: labels.isIncomplete ? [] : columns.floats(column, as: labels)
        )
    }

    private mutating func keep(_ feature: Feature) {
        guard !feature.values.isEmpty else {
            warnings.append(
                "column \"\(feature.name)\" is left out: it has too many distinct texts to be a category"
            )
            return
        }
        let missing = feature.values.count { $0.isNaN }
        guard missing < feature.values.count else {
            decisions.append("column \"\(feature.name)\" is left out: it is empty")
            return
        }
        if missing > 0 { decisions.append("column \"\(feature.name)\" has \(missing) missing values") }
        if case .categorical(let labels) = feature.kind {
            decisions.append("column \"\(feature.name)\" has \(labels.count) categories: \(labels.quoted)")
        }
        if feature.isConstant {
            decisions.append("column \"\(feature.name)\" is constant and cannot help the model")
        }
        kept.append(feature)
    }
}

extension Feature {
    /// Whether all values are equal; a missing value differs from every present one.
    var isConstant: Bool {
        guard let first = values.first, !first.isNaN else { return values.allSatisfy(\.isNaN) }
        return values.allSatisfy { $0 == first }
    }
}
