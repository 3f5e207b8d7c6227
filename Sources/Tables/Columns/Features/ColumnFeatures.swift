/// The features that one column gives, and what was decided about it.
struct ColumnFeatures {
    private(set) var features: [Feature] = []
    /// The numbers of the rows, if the column is left out because it has these.
    private(set) var rowNumbers: Feature?
    private(set) var reading: TableReading.Column
    private(set) var decisions: [String] = []
    private(set) var warnings: [String] = []
    /// The warning that the column is left out, with the setting that keeps it.
    private(set) var leftOutWarning: String?

    private let name: String
    private var isSplitByTime = false

    /// With fewer rows than this, the order of the rows says nothing.
    private static let fewRows = 20
    /// The largest ratio of distinct texts to cells in a categorical column.
    ///
    /// If a column has a larger ratio, its texts identify rows, as IDs do, and are not categories.
    static let maxDistinctShare = 0.5

    private init(name: String) {
        self.name = name
        reading = TableReading.Column(name: name)
    }

    /// A column that a setting leaves out.
    static func leftOut(_ name: String, because reason: String) -> ColumnFeatures {
        var column = ColumnFeatures(name: name)
        column.leaveOut(reason)
        return column
    }

    /// Gathers the column at `column`; `labels` are its distinct texts if it is a text column.
    init(_ reader: TableReader, _ columns: CSVColumns, _ column: Int, _ labels: ColumnLabels?) {
        self.init(name: columns.layout.names[column])
        isSplitByTime = reader.options.needsTime
        let plan = columns.plan(column)
        let isUnnamed = RowNumbers.isUnnamed(column, in: columns.layout)
        if let unclear = reader.decisions[column].unclear {
            leaveOutUnclear(unclear)
            return
        }
        let missing = columns.missing(column) + columns.oddCells(column) + (labels?.missing ?? 0)
        guard missing < columns.allRows else {
            leaveOut("it is empty")
            return
        }
        switch plan.kind {
        case .ignored: leaveOut("as requested")
        case .text:
            if let labels {
                let isRequested = reader.decisions[column].isRequested
                if let word = reader.decisions[column].oddWord { noteOddWord(word) }
                addCategories(labels, columns, column, isUnnamed: isUnnamed, isRequested: isRequested)
            }
        case .number(let notation):
            noteOdd(columns, column, reader)
            let feature = Feature(name: name, kind: .numeric, values: columns.floats(column))
            let mayBeIndex =
                !reader.decisions[column].isRequested && (isUnnamed || RowNumbers.hasIndexName(name))
            if mayBeIndex, RowNumbers.areIndex(feature.values, isUnnamed: isUnnamed) {
                rowNumbers = feature
                let lacksName = columns.layout.unnamed.contains(column)
                leaveOut(lacksName ? "it has no name and numbers the rows" : "it numbers the rows")
            } else {
                addNumbers(feature, notation, plan.scaling)
            }
        case .date(let format):
            noteOdd(columns, column, reader)
            addParts(columns.doubles(column), format, reader.decisions[column].note)
        }
    }

    private mutating func leaveOut(_ reason: String) {
        decisions.append(Self.leftOut(name, reason))
        reading.leftOut = reason
        reading.kind = nil
    }

    /// The sentence that a column is left out.
    static func leftOut(_ name: String, _ reason: String) -> String {
        "column \(name.quotedName) is left out: \(reason)"
    }

    /// Leaves out a column of texts that are no categories, with the setting that keeps it.
    private mutating func leaveOutTexts(_ texts: [String]) {
        let reason = TextKind(texts).reason
        reading.leftOut = reason
        leftOutWarning = Self.leftOut(name, reason) + "; types=\(SettingWord(name)):text keeps it"
    }

    private mutating func leaveOutUnclear(_ unclear: ColumnDecider.Unclear) {
        reading.leftOut =
            "\(unclear.first.quotedName) may have thousands or decimals; say thousands=comma, point or none"
        leftOutWarning =
            Self.leftOut(name, "\(unclear.first.quotedName) and \(unclear.second.quotedName) may have ")
            + "thousands or decimals; say thousands=comma, thousands=point or thousands=none"
    }
}

extension ColumnFeatures {
    private mutating func addCategories(
        _ labels: ColumnLabels,
        _ columns: CSVColumns,
        _ column: Int,
        isUnnamed: Bool,
        isRequested: Bool
    ) {
        let present = labels.counts.reduce(0, +)
        if labels.isIncomplete, isUnnamed { return leaveOut("it has no name and names the rows") }
        if labels.isIncomplete { return leaveOutTexts(labels.examples) }
        let isDistinct = !isRequested && Double(labels.texts.count) > Self.maxDistinctShare * Double(present)
        if isUnnamed, isDistinct { return leaveOut("it has no name and names the rows") }
        if isDistinct, labels.texts.count > 2 { return leaveOutTexts(labels.examples) }
        if labels.texts.isEmpty { return leaveOut("it is empty") }
        let feature = Feature(
            name: name,
            kind: .categorical(labels: labels.texts),
            values: columns.floats(column, as: labels)
        )
        reading.kind = .category
        decisions.append(
            "column \(name.quotedName) has \(labels.texts.count) \(labels.texts.count == 1 ? "category" : "categories"): \(labels.texts.quoted)"
        )
        if labels.missing > 0 {
            decisions.append(
                "column \(name.quotedName): \(labels.missingTexts.quoted) count as missing, as in columns of numbers"
            )
        }
        if let word = labels.texts.first(where: MissingCell.isWord) {
            decisions.append(
                "column \(name.quotedName): \"\(word)\" is a category; if it marks missing values, say missing=\(word)"
            )
        }
        add(feature)
    }

    private mutating func addNumbers(
        _ numbers: Feature,
        _ notation: NumberNotation,
        _ scaling: FloatScaling
    ) {
        var feature = numbers
        // One number needs no shift; one that is too large for a float needs its scale.
        let isScaled = scaling != .none && (!feature.hasOneValue || scaling.scale != 1)
        if scaling != .none, !isScaled {
            feature.values = feature.values.map { $0.isNaN ? .nan : Float(scaling.shift) }
        }
        reading.kind = .number
        if notation != .plain {
            reading.notation = notation
            decisions.append("column \(name.quotedName) has numbers with \(notation)")
        }
        if isScaled {
            reading.scaling = scaling
            decisions.append(
                "column \(name.quotedName) has numbers that 32-bit floats cannot tell apart or hold: "
                    + "they are shifted by \(scaling.shift) and scaled by \(scaling.scale)"
            )
        }
        add(feature)
    }

    private mutating func addParts(
        _ seconds: [Double],
        _ format: DateFormat,
        _ note: String?
    ) {
        let origin = seconds.min { $0 < $1 || $1.isNaN && !$0.isNaN } ?? 0
        let candidates = format.parts.map { part in
            (
                part,
                Feature(
                    name: "\(name)_\(part.rawValue)",
                    kind: .numeric,
                    values: seconds.map { part.value(of: $0, origin: origin) }
                )
            )
        }
        let kept = candidates.filter { !$0.1.hasOneValue }
        reading.date = format
        guard !kept.isEmpty else { return leaveOut("its date is the same in every row") }
        reading.kind = .date
        reading.origin = origin
        reading.parts = kept.map { TableReading.Part(feature: $0.1.name, part: $0.0) }
        features = kept.map(\.1)
        let parts = kept.map { $0.0.rawValue }.joined(separator: ", ")
        decisions.append(
            "column \(name.quotedName) has \(format) and gives \(parts)" + (note.map { "; \($0)" } ?? "")
        )
        noteMissing(seconds.count { $0.isNaN })
        if seconds.count >= Self.fewRows, !isSplitByTime, seconds.isInOrder {
            warnings.append(
                "the rows are in order of \(name.quotedName): a random split flatters the score; "
                    + "holdout=time tests on the latest rows"
            )
        }
    }

    /// Numbers those parts of the date whose names a column of the table or another part has: they are in `taken`.
    mutating func numberParts(_ taken: inout Set<String>) {
        for (index, part) in (reading.parts ?? []).enumerated() where !taken.insert(part.feature).inserted {
            var next = 2
            while !taken.insert("\(part.feature)_\(next)").inserted { next += 1 }
            let name = "\(part.feature)_\(next)"
            features[index] = Feature(name: name, kind: .numeric, values: features[index].values)
            reading.parts?[index] = TableReading.Part(feature: name, part: part.part)
        }
    }

    private mutating func add(_ feature: Feature) {
        let missing = feature.values.count { $0.isNaN }
        guard missing < feature.values.count else { return leaveOut("it is empty") }
        noteMissing(missing)
        if feature.isConstant {
            decisions.append("column \(name.quotedName) is constant and cannot help the model")
        }
        features = [feature]
    }

    private mutating func noteMissing(_ missing: Int) {
        guard missing > 0 else { return }
        reading.missing = missing
        decisions.append("column \(name.quotedName) has \(missing.counted("missing value"))")
    }

    /// Says that cells in another notation count as missing.
    private mutating func noteOdd(_ columns: CSVColumns, _ column: Int, _ reader: TableReader) {
        let odd = columns.oddCells(column)
        guard odd > 0 else { return }
        reading.odd = odd
        if 2 * odd >= columns.rows { reading.isMostlyOdd = true }
        let examples = reader.oddExamples[column] ?? []
        let sentence =
            "column \(name.quotedName): \(odd) \(odd == 1 ? "cell is" : "cells are") not in its notation and "
            + "\(odd == 1 ? "counts" : "count") as missing, such as \(examples.quoted(within: 60))"
        guard 20 * odd > columns.allRows else { return decisions.append(sentence) }
        warnings.append("\(sentence); types=\(SettingWord(name)):text keeps them")
    }
}

extension ColumnFeatures {
    /// Says that a text column is mostly numbers, so that a word may mark missing values.
    private mutating func noteOddWord(_ word: String) {
        warnings.append(
            "column \(name.quotedName) has numbers and texts such as \(word.quotedName), so it is read as text; "
                + "if these mark missing values, say missing=\(SettingWord(word))"
        )
    }
}

extension [Double] {
    /// Whether the numbers never fall, or never rise, and are not all equal.
    fileprivate var isInOrder: Bool {
        guard let first, let last, first != last else { return false }
        let pairs = zip(self, dropFirst())
        return first < last ? pairs.allSatisfy { $0 <= $1 } : pairs.allSatisfy { $0 >= $1 }
    }
}

extension Feature {
    /// Whether all present values are equal.
    fileprivate var hasOneValue: Bool {
        guard let first = values.first(where: { !$0.isNaN }) else { return true }
        return values.allSatisfy { $0 == first || $0.isNaN }
    }
}
