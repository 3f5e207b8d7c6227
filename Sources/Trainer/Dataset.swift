/// What a forest learns from: features as columns of 32-bit floats, and a class for each row.
struct Dataset: Sendable {
    let target: String
    let features: [String]
    /// In their order, which is also that of a model's outputs.
    let classes: [String]
    /// Feature after feature, each `rows` long.
    let values: [[Float]]
    /// Index of the class, row by row.
    let labels: [UInt16]

    var rows: Int { labels.count }

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
        target = table.columns[targetIndex]
        let featureIndexes = table.columns.indices.filter { $0 != targetIndex }
        guard !featureIndexes.isEmpty else { throw .noFeatures(target: target) }
        features = featureIndexes.map { table.columns[$0] }
        var values: [[Float]] = []
        for column in featureIndexes { values.append(try FeatureTable.floats(table, csv, column: column)) }
        self.values = values
        (classes, labels) = try Self.labels(table, csv, column: targetIndex)
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
