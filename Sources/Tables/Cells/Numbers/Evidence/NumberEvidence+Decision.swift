/// The decision between thousands and decimals.
extension NumberEvidence {
    /// Decides the notation from all texts and from what the other columns of the file show.
    package func decide(_ others: FileNumberHints) -> NumberDecision {
        guard let affixes = affixes() else { return .none }
        let marks = NumberMarks(self, affixes)
        guard 2 * marks.cells(of: marks.best) >= cells, cells > 0, !marks.areNoNumbers(others)
        else { return .none }
        if let notation = marks.decide(others) {
            let final = settled(notation)
            let counts = counts(final)
            return counts.numbers >= counts.odd ? .notation(final, counts) : .none
        }
        guard let (first, second) = marks.witnesses else { return .none }
        return .unclear(
            first: text(entries[first]),
            second: text(entries[second]),
            readings: marks.readings.map(settled)
        )
    }

    /// The cells of this column that can be read in one way only.
    package func hints(separator: UInt8) -> FileNumberHints {
        var hints = FileNumberHints(separator: separator)
        guard let affixes = affixes() else { return hints }
        let marks = NumberMarks(self, affixes)
        // In a column of other texts, such as lists, commas say nothing about numbers.
        guard 5 * marks.cells(of: marks.best) >= 4 * cells else { return hints }
        marks.collect(&hints)
        return hints
    }

    /// `notation` with optional groups only if the column needs them, and without parentheses or footnotes that it does
    /// not have.
    private func settled(_ notation: NumberNotation) -> NumberNotation {
        guard notation.grouping != .none else { return notation }
        var strict = notation
        strict.groupsAreOptional = false
        let needsMore = entries.contains { value($0, strict) == nil && value($0, notation) != nil }
        return needsMore ? notation : strict
    }
}
