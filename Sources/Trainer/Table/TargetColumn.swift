/// The column to predict: which task it poses, and its values in the rows that have one.
struct TargetColumn {
    let name: String
    let task: Task
    private(set) var decisions: [String] = []
    private(set) var warnings: [String] = []

    /// Integers are classes up to this many different ones.
    private static let maxIntegerClasses = 20

    /// Fewer rows of a class than this say nothing of it.
    private static let fewRows = 10

    /// Leaves out of `columns` the rows where the target is missing.
    init(
        _ source: TableSource,
        _ columns: inout CSVColumns,
        _ csv: Span<UInt8>,
        _ options: TableOptions
    ) throws(TrainingError) {
        let (layout, column) = (columns.layout, source.target)
        name = layout.names[column]
        let labels = try columns.distinctLabels(column, csv, limit: Task.maxClasses + 1)
        guard columns.missing(column) < columns.rows else { throw .noTarget(target: name) }
        let isRegression =
            options.task.map { $0 == .regression } ?? Self.isRegression(columns, labels, column)
        if isRegression { try columns.requireNumbers(column, csv) }
        let dropped = columns.dropRowsWithout(column, isNumber: isRegression)
        if dropped > 0 { decisions.append("\(dropped) rows without a target are left out") }
        if labels.texts.count == 1 { throw .oneClass(target: name, label: labels.texts[0]) }
        if isRegression {
            task = .regression(values: columns.numbers())
            decisions.append("the task is regression")
            warnings = Self.fewValues(labels)
        } else {
            let (classes, rows) = try Self.classes(columns, labels, column)
            task = .classification(classes: classes, labels: rows)
            decisions.append("the task is classification, of \(classes.count) classes")
            warnings = Self.rareClasses(classes, rows)
        }
    }

    private static func classes(
        _ columns: CSVColumns,
        _ labels: ColumnLabels,
        _ column: Int
    ) throws(TrainingError) -> (classes: [String], rows: [UInt16]) {
        guard !labels.isIncomplete, labels.texts.count <= Task.maxClasses else {
            throw .tooManyClasses(target: columns.layout.names[column], limit: Task.maxClasses)
        }
        let names = classNames(labels, columns.layout.header)
        let (classes, index) = ClassLabels.ordered(names)
        return (classes, columns.classes(column, as: labels).map { UInt16(index[Int($0)]) })
    }

    /// Numbers are to be predicted where the target has more of them than could be classes, or fractions.
    static func isRegression(_ columns: CSVColumns, _ labels: ColumnLabels, _ column: Int) -> Bool {
        let (texts, present) = (columns.texts(column), columns.rows - columns.missing(column))
        guard Double(texts) <= TableSource.tolerance * Double(present) else { return false }
        let isLong = labels.isIncomplete || labels.texts.count > maxIntegerClasses
        return isLong || texts == 0 && !labels.texts.allSatisfy(isInteger)
    }

    private static func isInteger(_ text: String) -> Bool {
        Double(text.replacing(",", with: ".")).map { $0.rounded() == $0 } ?? false
    }

    /// What the labels 0, 1, … mean, where the header says so.
    private static func classNames(_ labels: ColumnLabels, _ header: CSVLayout.Header) -> [String] {
        guard case .scikitLearn(let names) = header else { return labels.texts }
        return labels.texts.map { text in
            Int(text).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? text
        }
    }

    private static func fewValues(_ labels: ColumnLabels) -> [String] {
        let count = labels.texts.count
        guard !labels.isIncomplete, count <= maxIntegerClasses else { return [] }
        return ["the target has only \(count) different values: task=classification tells them apart"]
    }

    private static func rareClasses(_ classes: [String], _ labels: [UInt16]) -> [String] {
        var counts = [Int](repeating: 0, count: classes.count)
        for label in labels { counts[Int(label)] += 1 }
        let single = classes.indices.filter { counts[$0] == 1 }.map { classes[$0] }
        let few = classes.indices.filter { (2..<fewRows).contains(counts[$0]) }.map { classes[$0] }
        return [
            single.isEmpty
                ? nil : "only one row has the class \(single.quoted): it is learnt from, and not tested",
            few.isEmpty
                ? nil : "fewer than \(fewRows) rows have the class \(few.quoted): trust none of its figures",
        ].compactMap(\.self)
    }
}
