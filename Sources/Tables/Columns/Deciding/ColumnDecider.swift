/// Decides what a column holds: numbers in some notation, dates, or texts.
struct ColumnDecider {
    let options: TableOptions
    /// What all columns of the file show about the marks of its numbers.
    let hints: FileNumberHints
    /// What the columns were in the training table of a model, by position.
    var preferred: [Int: ColumnPlan.Kind] = [:]

    /// A decision, and what a person should hear of it.
    struct Decision: Equatable {
        var kind: ColumnPlan.Kind
        /// Two cells that show that thousands and decimals cannot be told apart.
        var unclear: Unclear?
        /// A text of a column that is not what a setting says.
        var misfit: String?
        /// A frequent text of a text column whose other cells are mostly numbers.
        var oddWord: String?
        /// How day and month were told apart, if it had to be decided.
        var note: String?
        /// Whether a setting says what the column holds.
        var isRequested = false
    }

    struct Unclear: Equatable {
        let first: String
        let second: String
    }

    /// In a column of numbers, a few texts may count as missing: this share of the cells.
    private static let fewOdd = 0.05
    /// A larger share of a few different texts may be missing in a column with many different numbers.
    private static let manyOdd = 0.2
    private static let (manyNumbers, fewWords) = (15, 5)

    /// Decides from the distinct texts of the column at `column`.
    func decide(_ texts: ColumnTexts, _ column: Int, name: String, isTarget: Bool) -> Decision {
        let found = decide(texts, name: name, isTarget: isTarget)
        guard let kind = preferred[column] else { return found }
        if found.unclear != nil { return texts.fits(kind) ? Decision(kind: kind) : found }
        switch (kind, found.kind) {
        case (.number(let known), .number(let notation)):
            // Other columns may show that this table has other marks than the training table.
            let others = hints.without(texts.evidence.hints(separator: hints.separator))
            let isOther = others.sureDecimal.map { $0 != known.decimal && $0 == notation.decimal } ?? false
            guard texts.fits(kind) else {
                return notation.isCompatible(with: known) ? found : Decision(kind: kind)
            }
            guard isOther, let text = texts.all.first?.text else { return Decision(kind: kind) }
            // The cells fit both: nobody can tell which is meant.
            return Decision(kind: .text, unclear: Unclear(first: text, second: text))
        case (.date(let known), .date(let format)):
            if texts.fits(kind) || known == format { return Decision(kind: kind) }
            // Day and month stand in the order of the training table, whatever the signs between them.
            if let other = format.exchangingDayAndMonth, other.layout == known.layout,
                texts.fits(.date(other))
            {
                return Decision(kind: .date(other))
            }
            return found
        case (.number, _), (.date, _): return Decision(kind: kind)
        case (.text, _), (.ignored, _): return found
        }
    }

    private func decide(_ texts: ColumnTexts, name: String, isTarget: Bool) -> Decision {
        if let type = options.types[name] {
            var decision = decide(texts, name: name, as: type)
            decision.isRequested = true
            return decision
        }
        guard !texts.isEmpty else { return Decision(kind: .number(.plain)) }
        if let date = date(texts, name), !isTarget || !date.countsSeconds { return date }
        return number(texts) ?? Decision(kind: .text)
    }

    private func decide(_ texts: ColumnTexts, name: String, as type: ColumnType) -> Decision {
        switch type {
        case .text: Decision(kind: .text)
        case .number:
            number(texts, isForced: true)
                ?? Decision(kind: .number(.plain), misfit: texts.hasPlainNumber ? nil : texts.all.first?.text)
        case .date:
            date(texts, name) ?? Decision(kind: .text, misfit: texts.isEmpty ? nil : texts.all.first?.text)
        }
    }

    private func date(_ texts: ColumnTexts, _ name: String) -> Decision? {
        guard let found = DateFormat.detect(texts.all, name: name) else { return nil }
        return Decision(kind: .date(found.format), note: found.note)
    }

    /// Decides between notations of numbers; nil if too many cells are no numbers.
    private func number(_ texts: ColumnTexts, isForced: Bool = false) -> Decision? {
        let evidence = texts.evidence
        let own = evidence.hints(separator: hints.separator)
        switch evidence.decide(hints.without(own)) {
        case .notation(let found, _):
            let notation = found.obeying(options)
            let counts = evidence.counts(notation)
            if isForced || Self.accepts(counts) { return Decision(kind: .number(notation)) }
            return Decision(
                kind: .text,
                oddWord: counts.oddTexts.first { !$0.text.contains(where: \.isNumber) }?.text
            )
        case .unclear(let first, let second, let readings):
            if let reading = readings.first(where: { $0.matches(options) }) {
                return Decision(kind: .number(reading))
            }
            return Decision(kind: .text, unclear: Unclear(first: first, second: second))
        case .none: return nil
        }
    }

    /// Whether the odd cells of a column of numbers are few enough to count as missing.
    private static func accepts(_ counts: NumberCounts) -> Bool {
        if counts.odd == 0 { return true }
        if counts.oddShare <= fewOdd { return counts.distinctNumbers > counts.distinctOdd }
        return counts.oddShare <= manyOdd && counts.distinctNumbers >= manyNumbers
            && counts.distinctOdd <= fewWords
    }
}

extension ColumnDecider.Decision {
    /// Whether the column has whole numbers that count seconds, which may also be plain numbers.
    var countsSeconds: Bool {
        guard case .date(let format) = kind else { return false }
        return format.layout == .epochSeconds || format.layout == .epochMilliseconds
    }
}
