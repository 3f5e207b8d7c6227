/// What a model learns from: features as columns of 32-bit floats, and for each row what is to be predicted.
struct Dataset: Sendable {
    let target: String
    let features: [Feature]
    let task: Task
    let rows: Int
}

/// One column to predict from; a missing value is NaN.
struct Feature: Sendable {
    enum Kind: Equatable, Sendable {
        case numeric
        /// The value is the index of its label in these, which are sorted.
        case categorical(labels: [String])
    }

    let name: String
    let kind: Kind
    var values: [Float]
}

/// What is to be predicted, and its truth row by row.
enum Task: Sendable {
    /// `labels` are indices of `classes`, whose order is that of a model's outputs.
    case classification(classes: [String], labels: [UInt16])
    case regression(values: [Double])
}

extension Dataset {
    /// The classes of a classification.
    var classes: [String] {
        guard case .classification(let classes, _) = task else { return [] }
        return classes
    }

    /// The class of each row of a classification.
    var labels: [UInt16] {
        guard case .classification(_, let labels) = task else { return [] }
        return labels
    }

    private static let maxClasses = 1_000
    private static let maxNumericClasses = 20

    /// Reads the table in `csv`.
    ///
    /// - Throws: ``TrainingError`` for the first cell that cannot be learnt from.
    init(csv: Span<UInt8>, target name: String?) throws(TrainingError) {
        let table: CSVTable
        let targetIndex: Int
        do {
            table = try CSVTable(csv)
            targetIndex =
                try name.map { name throws(CSVError) in try table.index(of: name) } ?? table.guessedTarget
        } catch {
            throw .csv(error)
        }
        let target = table.columns[targetIndex]
        let featureIndexes = table.columns.indices.filter { $0 != targetIndex }
        guard !featureIndexes.isEmpty else { throw .noFeatures(target: target) }
        var features: [Feature] = []
        for column in featureIndexes {
            let values = try FeatureTable.floats(table, csv, column: column)
            features.append(Feature(name: table.columns[column], kind: .numeric, values: values))
        }
        let (classes, labels) = try Self.labels(table, csv, column: targetIndex)
        self.init(
            target: target,
            features: features,
            task: .classification(classes: classes, labels: labels),
            rows: table.rows
        )
    }

    private static func labels(
        _ table: CSVTable,
        _ csv: Span<UInt8>,
        column: Int
    ) throws(TrainingError) -> ([String], [UInt16]) {
        let name = table.columns[column]
        let texts = (0..<table.rows).map { table.text(csv, row: $0, column: column) }
        if let row = texts.firstIndex(where: { FeatureTable.missing.contains($0.lowercased()) }) {
            throw .missingCell(line: table.line(ofRow: row), column: name)
        }
        let classes = ClassLabels.sorted(Set(texts))
        guard classes.count > 1 else { throw .oneClass(target: name, label: classes[0]) }
        if classes.count > maxNumericClasses, classes.allSatisfy({ Double($0) != nil }) {
            throw .numericTarget(target: name, distinct: classes.count)
        }
        guard classes.count <= maxClasses else { throw .tooManyClasses(target: name, count: classes.count) }
        let index = Dictionary(uniqueKeysWithValues: zip(classes, UInt16(0)...))
        return (classes, texts.compactMap { index[$0] })
    }
}
