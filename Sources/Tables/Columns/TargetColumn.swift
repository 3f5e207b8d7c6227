/// The column to predict.
///
/// It has the values of those rows that have a target, as classes or as numbers.
struct TargetColumn {
    let name: String
    let values: Target
    private(set) var decisions: [String] = []
    private(set) var warnings: [String] = []

    /// By default, a target of integers with at most this many distinct values is a classification; with more, a
    /// regression.
    private static let maxIntegerClasses = 20

    /// A class with fewer rows than this gets a warning.
    private static let fewRows = 10

    /// Reads the target of `source`, and removes the rows without a target from `columns`.
    init(
        _ source: TableSource,
        _ columns: inout CSVColumns,
        _ csv: Span<UInt8>,
        _ options: TableOptions
    ) throws(TableError) {
        let (layout, column) = (columns.layout, source.target)
        name = layout.names[column]
        let labels = try columns.distinctLabels(column, csv, limit: Target.maxClasses + 1)
        guard columns.missing(column) < columns.rows else { throw .noTarget(target: name) }
        let isRegression =
            options.task.map { $0 == .regression } ?? Self.isRegression(columns, labels, column)
        if isRegression { try columns.requireNumbers(column, csv) }
        let dropped = columns.dropRowsWithout(column, isNumber: isRegression)
        if dropped > 0 { decisions.append("\(dropped) rows without a target are left out") }
        if labels.texts.count == 1 { throw .oneClass(target: name, label: labels.texts[0]) }
        if isRegression {
            values = .regression(values: columns.numbers())
            decisions.append("the task is regression")
            warnings = Self.fewValues(labels)
        } else {
            let (classes, rows) = try Self.classes(columns, labels, column)
            values = .classification(classes: classes, labels: rows)
            decisions.append("the task is classification with \(classes.count) classes")
            warnings = Self.rareClasses(classes, rows)
        }
    }

    private static func classes(
        _ columns: CSVColumns,
        _ labels: ColumnLabels,
        _ column: Int
    ) throws(TableError) -> (classes: [String], rows: [UInt16]) {
        guard !labels.isIncomplete, labels.texts.count <= Target.maxClasses else {
            throw .tooManyClasses(target: columns.layout.names[column], limit: Target.maxClasses)
        }
        let names = classNames(labels, columns.layout.header)
        let (classes, index) = ClassLabels.ordered(names)
        return (classes, columns.classes(column, as: labels).map { UInt16(index[Int($0)]) })
    }

    /// Whether the default task is a regression.
    ///
    /// It is a regression if all cells are numbers and at least one of them has a fraction. It is also a regression if
    /// at least 95 % of the cells are numbers, and there are more than ``maxIntegerClasses`` distinct values.
    static func isRegression(_ columns: CSVColumns, _ labels: ColumnLabels, _ column: Int) -> Bool {
        let (texts, present) = (columns.texts(column), columns.rows - columns.missing(column))
        guard Double(texts) <= TableSource.tolerance * Double(present) else { return false }
        let hasManyValues = labels.isIncomplete || labels.texts.count > maxIntegerClasses
        return hasManyValues || texts == 0 && !labels.texts.allSatisfy(isInteger)
    }

    private static func isInteger(_ text: String) -> Bool {
        Double(text.replacing(",", with: ".")).map { $0.rounded() == $0 } ?? false
    }

    /// The names of the classes.
    ///
    /// A header of scikit-learn's form has names for the labels 0, 1, and so on.
    private static func classNames(_ labels: ColumnLabels, _ header: CSVLayout.Header) -> [String] {
        guard case .scikitLearn(let names) = header else { return labels.texts }
        return labels.texts.map { text in
            Int(text).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? text
        }
    }

    private static func fewValues(_ labels: ColumnLabels) -> [String] {
        let count = labels.texts.count
        guard !labels.isIncomplete, count <= maxIntegerClasses else { return [] }
        return ["the target has only \(count) distinct values: task=classification may suit it better"]
    }

    private static func rareClasses(_ classes: [String], _ labels: [UInt16]) -> [String] {
        var counts = [Int](repeating: 0, count: classes.count)
        for label in labels { counts[Int(label)] += 1 }
        let single = classes.indices.filter { counts[$0] == 1 }.map { classes[$0] }
        let few = classes.indices.filter { (2..<fewRows).contains(counts[$0]) }.map { classes[$0] }
        return [
            single.isEmpty
                ? nil : "classes with only one row have no test row: \(single.quoted)",
            few.isEmpty
                ? nil : "classes with fewer than \(fewRows) rows have unreliable scores: \(few.quoted)",
        ].compactMap(\.self)
    }
}
