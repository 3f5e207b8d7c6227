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
        // Incomplete labels have no indices, so that the rows cannot be looked up.
        guard isRegression || !labels.isIncomplete else {
            throw .tooManyClasses(target: name, limit: Target.maxClasses)
        }
        let greatest = columns.tooLarge(column)
        guard !isRegression || greatest == 0 else { throw .hugeTarget(target: name, number: greatest) }
        var reading = TableReading.Column(name: name)
        reading.isTarget = true
        reading.kind = isRegression ? .number : .category
        if missing > 0 { reading.missing = missing }
        if case .number(let notation) = plan.kind, notation != .plain { reading.notation = notation }
        let odd = isRegression ? columns.oddCells(column) : 0
        if odd > 0 {
            reading.odd = odd
            warnings.append(
                "\(odd.counted("cell")) of the target \(name.quotedName) \(odd == 1 ? "is no number" : "are no numbers"), such as "
                    + "\((reader.oddExamples[column] ?? []).quoted(within: 60)): their rows are left out; "
                    + "for classes, say task=classification"
            )
        }
        self.reading = reading
        if let warning = columns.swallowedWarning(column, csv) { warnings.append(warning) }
        let dropped = columns.dropRows(without: column, isRegression ? nil : labels)
        let words = labels.entries.isEmpty ? [] : columns.words(column, csv)
        decisions += Self.remarks(onDropped: dropped - odd, rows: columns.rows, words: words, &warnings)
        let found =
            isRegression
            ? try Self.numbers(columns, column, labels, reading) : try Self.classes(columns, column, labels)
        values = found.values
        decisions += found.decisions
        warnings += found.warnings
        if task == nil, kind.couldBeOther { warnings.append(kind.otherTask) }
    }

    private typealias Found = (values: Target, decisions: [String], warnings: [String])

    private static func numbers(
        _ columns: CSVColumns,
        _ column: Int,
        _ labels: ColumnLabels,
        _ reading: TableReading.Column
    ) throws(TableError) -> Found {
        let numbers = columns.doubles(column)
        guard let first = numbers.first, numbers.contains(where: { $0 != first }) else {
            throw .oneClass(
                target: reading.name,
                label: text(of: numbers.first, columns.plan(column), labels.examples)
            )
        }
        let notation = reading.notation.map { remark(on: $0, of: reading.name) }
        let decisions = [notation].compactMap(\.self) + [task(classes: 0)]
        return (.regression(values: numbers), decisions, coarse(numbers, reading.name))
    }

    private static func classes(
        _ columns: CSVColumns,
        _ column: Int,
        _ labels: ColumnLabels
    ) throws(TableError) -> Found {
        let spellings = try spellings(labels, columns, columns.layout.names[column])
        let rows = columns.classes(column, as: labels).map { UInt16(spellings.indices[Int($0)]) }
        var decisions = [task(classes: spellings.classes.count)]
        decisions += spellings.merged.map { "the spellings \($0.quoted) of a class are one class" }
        if let word = spellings.classes.first(where: MissingCell.isWord) {
            decisions.append("\"\(word)\" is a class; if it marks missing values, say missing=\(word)")
        }
        if columns.trimmed(column) > 0 {
            decisions.append("blanks in quotes around \(columns.trimmed(column)) classes are left out")
        }
        let values = Target.classification(classes: spellings.classes, labels: rows)
        return (values, decisions, rareClasses(spellings.classes, rows))
    }

    /// The sentence that says the task; a regression has 0 classes.
    static func task(classes: Int) -> String {
        classes == 0 ? "the task is regression" : "the task is classification with \(classes) classes"
    }

    static func remark(on notation: NumberNotation, of name: String) -> String {
        "the target \(name.quotedName) has numbers with \(notation)"
    }

    /// The first of `texts` that is written in the notation of the column and has the value `number`.
    private static func text(of number: Double?, _ plan: ColumnPlan, _ texts: [String]) -> String {
        guard case .number(let notation) = plan.kind else { return "" }
        return texts.first { text in
            let bytes = Array(text.utf8)
            return notation.value(bytes.span, 0..<bytes.count) == number
        } ?? number.map { "\($0)" } ?? ""
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
        let sentence =
            "\(dropped.counted("row")) without a target \(dropped == 1 ? "is" : "are") left out\(because)"
        guard 5 * dropped > dropped + rows else { return [sentence] }
        warnings.append("\(sentence); for another target, say target=NAME")
        return []
    }

    private static func spellings(
        _ labels: ColumnLabels,
        _ columns: CSVColumns,
        _ name: String
    ) throws(TableError) -> ClassSpellings {
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

    /// A warning that 32-bit floats are too coarse for the numbers; none if they are not.
    private static func coarse(_ numbers: [Double], _ name: String) -> [String] {
        let (least, most) = (numbers.min() ?? 0, numbers.max() ?? 0)
        let step = Double(Float(max(most.magnitude, least.magnitude)).ulp)
        guard step > (most - least) / 4_096, step > 0.5 || most - least < 0.5 else { return [] }
        return [
            "the target \(name.quotedName) has numbers from \(least) to \(most), and a model predicts 32-bit floats, "
                + "in steps of \(step); subtract a constant, or say target=NAME for another target"
        ]
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
