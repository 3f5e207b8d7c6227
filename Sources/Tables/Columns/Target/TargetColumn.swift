/// The column to predict.
///
/// It has the values of those rows that have a target, as classes or as numbers.
struct TargetColumn {
    let name: String
    let values: Target
    let reading: TableReading.Column
    private(set) var decisions: [String] = []
    private(set) var warnings: [String] = []

    /// A class with fewer rows than this gets a warning.
    private static let fewRows = 10

    /// Reads the target, and removes the rows without it from `columns`.
    init(
        _ reader: TableReader,
        _ columns: inout CSVColumns,
        _ column: Int,
        _ csv: Span<UInt8>,
        _ task: TaskKind?
    ) throws(TableError) {
        name = columns.layout.names[column]
        let (decision, plan) = (reader.decisions[column], columns.plan(column))
        if let unclear = decision.unclear {
            throw .unclearNumbers(target: name, first: unclear.first, second: unclear.second)
        }
        if case .date = plan.kind { throw .dateTarget(target: name) }
        let labels = columns.labels(column, csv, limit: ColumnLabels.maxTexts)
        let missing = columns.missing(column) + labels.missing
        guard missing < columns.rows else { throw .noTarget(target: name) }
        let kind = TargetTask(
            plan.kind,
            labels,
            cells: columns.rows - missing - columns.oddCells(column),
            hasNamedClasses: columns.layout.namesClasses
        )
        let isRegression = task.map { $0 == .regression } ?? kind.isRegression
        if isRegression, plan.kind == .text {
            throw Self.noNumber(labels, columns, name, csv)
        }
        var reading = TableReading.Column(name: name)
        reading.isTarget = true
        reading.kind = isRegression ? .number : .category
        if missing > 0 { reading.missing = missing }
        if case .number(let notation) = plan.kind, notation != .plain { reading.notation = notation }
        let odd = isRegression ? columns.oddCells(column) : 0
        if odd > 0 {
            reading.odd = odd
            warnings.append(
                "\(odd) cells of the target \(name.quotedName) are no numbers, such as "
                    + "\((reader.oddExamples[column] ?? []).quoted(within: 60)): their rows are left out; "
                    + "for classes, say task=classification"
            )
        }
        self.reading = reading
        if let warning = columns.swallowedWarning(column, csv) { warnings.append(warning) }
        let dropped = columns.dropRows(without: column, isRegression ? nil : labels)
        let words = labels.entries.isEmpty ? [] : columns.words(column, csv)
        decisions += Self.remarks(onDropped: dropped - odd, rows: columns.rows, words: words, &warnings)
        if isRegression {
            let numbers = columns.doubles(column)
            guard let first = numbers.first, numbers.contains(where: { $0 != first }) else {
                throw .oneClass(target: name, label: labels.texts.first ?? "")
            }
            values = .regression(values: numbers)
            if let notation = reading.notation { decisions.append(Self.remark(on: notation, of: name)) }
            decisions.append(Self.task(classes: 0))
            warnings += Self.warnings(on: numbers, kind, name, isGuess: task == nil)
        } else {
            let spellings = try Self.spellings(labels, columns, name)
            let rows = columns.classes(column, as: labels).map { UInt16(spellings.indices[Int($0)]) }
            values = .classification(classes: spellings.classes, labels: rows)
            decisions.append(Self.task(classes: spellings.classes.count))
            decisions += spellings.merged.map { "the spellings \($0.quoted) of a class are one class" }
            if let word = spellings.classes.first(where: MissingCell.isWord) {
                decisions.append("\"\(word)\" is a class; if it marks missing values, say missing=\(word)")
            }
            if columns.trimmed(column) > 0 {
                decisions.append("blanks in quotes around \(columns.trimmed(column)) classes are left out")
            }
            warnings += Self.rareClasses(spellings.classes, rows)
            if task == nil, kind.couldBeNumbers { warnings.append(kind.otherTask) }
        }
    }

    /// The sentence that says the task; a regression has 0 classes.
    static func task(classes: Int) -> String {
        classes == 0 ? "the task is regression" : "the task is classification with \(classes) classes"
    }

    static func remark(on notation: NumberNotation, of name: String) -> String {
        "the target \(name.quotedName) has numbers with \(notation)"
    }

    /// The error that names the first cell that is no number.
    private static func noNumber(
        _ labels: ColumnLabels,
        _ columns: CSVColumns,
        _ name: String,
        _ csv: Span<UInt8>
    ) -> TableError {
        let point = UInt8(ascii: ".")
        let entry =
            labels.entries.first { Decimal.number(csv, $0.field, point: point) == nil } ?? labels.entries[0]
        return .notANumber(
            line: LineEnds.line(of: entry.field.start, in: csv),
            column: name,
            token: String(entry.field.text(in: csv, columns.layout.dialect).prefix(60))
        )
    }

    /// Remarks on rows without a target; a warning if they are many.
    private static func remarks(
        onDropped dropped: Int,
        rows: Int,
        words: [String],
        _ warnings: inout [String]
    ) -> [String] {
        guard dropped > 0 else { return [] }
        let because =
            words.isEmpty
            ? "" : " (\(words.quoted(within: 60)) \(words.count == 1 ? "counts" : "count") as missing)"
        let sentence = "\(dropped) rows without a target are left out\(because)"
        guard 5 * dropped > dropped + rows else { return [sentence] }
        warnings.append("\(sentence); for another target, say target=NAME")
        return []
    }

    private static func spellings(
        _ labels: ColumnLabels,
        _ columns: CSVColumns,
        _ name: String
    ) throws(TableError) -> ClassSpellings {
        guard !labels.isIncomplete else { throw .tooManyClasses(target: name, limit: Target.maxClasses) }
        let spellings = ClassSpellings(classNames(labels, columns.layout.header), counts: labels.counts)
        let classes = spellings.classes
        if classes.count == 1 { throw .oneClass(target: name, label: classes[0]) }
        if classes.count == columns.rows, classes.count > 2 {
            throw .uniqueTarget(target: name, rows: columns.rows)
        }
        guard classes.count <= Target.maxClasses else {
            throw .tooManyClasses(target: name, limit: Target.maxClasses)
        }
        return spellings
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

    private static func warnings(on numbers: [Double], _ kind: TargetTask, _ name: String, isGuess: Bool)
        -> [String]
    {
        var warnings: [String] = []
        if isGuess, kind.couldBeClasses { warnings.append(kind.otherTask) }
        let (least, most) = (numbers.min() ?? 0, numbers.max() ?? 0)
        let step = Double(Float(max(most.magnitude, least.magnitude)).ulp)
        if step > (most - least) / 4_096, step > 0.5 || most - least < 0.5 {
            warnings.append(
                "the target \(name.quotedName) has numbers from \(least) to \(most), and a model predicts 32-bit floats, "
                    + "in steps of \(step); subtract a constant, or say target=NAME for another target"
            )
        }
        return warnings
    }

    private static func rareClasses(_ classes: [String], _ labels: [UInt16]) -> [String] {
        var counts = [Int](repeating: 0, count: classes.count)
        for label in labels { counts[Int(label)] += 1 }
        let single = classes.indices.filter { counts[$0] == 1 }.map { classes[$0] }
        let few = classes.indices.filter { (2..<fewRows).contains(counts[$0]) }.map { classes[$0] }
        return [
            single.isEmpty
                ? nil
                : "classes with only one row have no test row: \(single.quoted(within: 80))\(leavingOut(single))",
            few.isEmpty
                ? nil
                : "classes with fewer than \(fewRows) rows have unreliable scores: \(few.quoted(within: 80)); "
                    + "folds=5 tests all rows",
        ].compactMap(\.self)
    }

    /// The setting that leaves out the rows of `classes`, or another way if they are many.
    private static func leavingOut(_ classes: [String]) -> String {
        let words = classes.map { SettingWord($0).description }.joined(separator: ",")
        return words.count <= 40
            ? "; missing=\(words) leaves \(classes.count == 1 ? "it" : "them") out"
            : "; for another target, say target=NAME"
    }
}
