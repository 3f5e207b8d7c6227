/// The decision which unit or currency the numbers of a column have.
extension NumberEvidence {
    /// A notation with the unit, currency, parentheses and footnotes of the column and a decimal point; nil if the
    /// numbers have different units.
    func affixes() -> NumberNotation? {
        var notation = NumberNotation()
        let tally = tally(&notation)
        let bare = tally[.init(), default: 0]
        guard let (usual, count) = usual(tally, &notation) else { return notation }
        let others = tally.values.reduce(0, +) - bare - count
        if usual.suffix.isEmpty {
            guard count + bare >= 9 * others else { return bare >= others + count ? notation : nil }
            notation.prefix = usual.prefix
            notation.prefixIsOptional = bare > 0
            return notation
        }
        // Among bare shares such as 0.63, a few percents are odd.
        if isPercent(usual), bare > count, !bareIsPercent { return notation.bare }
        // Bare numbers beside numbers with a unit may have another unit, unless they are few.
        guard count >= 9 * (others + bare + strays) || isPercent(usual) && count >= 9 * others else {
            return bare >= count + others ? notation.bare : nil
        }
        guard isUnit(usual) else { return bare > 0 ? notation.bare : nil }
        (notation.prefix, notation.suffix) = (usual.prefix, usual.suffix)
        notation.suffixIsOptional = bare > 0 && usual.prefix.isEmpty && (!isPercent(usual) || bareIsPercent)
        return notation
    }

    /// Counts the cells with each unit and currency, and sets what else stands around the numbers.
    private func tally(_ notation: inout NumberNotation) -> [NumberShape.Affixes: Int] {
        var tally: [NumberShape.Affixes: Int] = [:]
        if read > 0 { tally[.init(prefix: readNotation.prefix, suffix: readNotation.suffix)] = read }
        var (cells, parentheses, superscripts) = (read, 0, 0)
        for entry in entries {
            guard let shape = entry.shape else { continue }
            tally[shape.affixes, default: 0] += entry.weight
            cells += entry.weight
            if shape.hasParentheses { parentheses += entry.weight }
            if shape.hasSuperscript { superscripts += entry.weight }
            if shape.hasFootnotes { notation.hasFootnotes = true }
        }
        // A column of parentheses only is none of accounting.
        notation.hasParentheses = parentheses > 0 && 10 * parentheses <= 9 * cells
        // Superscripts behind many numbers are powers.
        if 2 * superscripts > cells { notation.hasFootnotes = false }
        return tally
    }

    /// The most frequent unit or currency with its count, where singular and plural are one.
    private func usual(
        _ tally: [NumberShape.Affixes: Int],
        _ notation: inout NumberNotation
    ) -> (NumberShape.Affixes, Int)? {
        let marked = tally.filter { $0.key != .init() }
        let most = marked.max {
            // Of equally frequent ones, always the same, although the order of a dictionary changes from run to run.
            ($0.value, $1.key.suffix, $1.key.prefix) < ($1.value, $0.key.suffix, $0.key.prefix)
        }
        guard var (usual, count) = most else { return nil }
        // "1 year" beside "2 years"; but "m" and "ms" are different units.
        let plural = usual.suffix.hasSuffix("s") ? usual.suffix : usual.suffix + "s"
        let singular = String(plural.dropLast())
        let pair = [plural, singular].map { NumberShape.Affixes(prefix: usual.prefix, suffix: $0) }
        if singular.count > 1, let one = tally[pair[1]], let many = tally[pair[0]] {
            (usual, count) = (pair[0], one + many)
            notation.singular = singular
        }
        return (usual, count)
    }

    /// Whether the suffix makes a number: a usual unit, or a text behind enough different numbers that they are no
    /// names, as "2WD" and "4WD" are.
    private func isUnit(_ affixes: NumberShape.Affixes) -> Bool {
        if NumberUnit.usual.contains(affixes.suffix) { return true }
        let texts = entries.filter { $0.shape?.affixes == affixes }
        return texts.count >= (texts.contains { $0.shape?.isGlued ?? false } ? 5 : 2)
    }

    /// Cells that begin with a digit and are no numbers: "14A" beside "12C" shows that C is no unit.
    private var strays: Int {
        entries.reduce(0) { sum, entry in
            guard entry.shape == nil, !entry.range.isEmpty else { return sum }
            return bytes[entry.range.lowerBound] &- UInt8(ascii: "0") < 10 ? sum + entry.weight : sum
        }
    }

    private func isPercent(_ affixes: NumberShape.Affixes) -> Bool { affixes.suffix == "%" }

    /// Whether bare numbers may be percents: 0.63 beside 63% may be a share.
    private var bareIsPercent: Bool {
        if read > 0, readNotation.suffix.isEmpty, largestRead < 1 { return false }
        let comma = NumberNotation(decimal: .comma, grouping: .none)
        return entries.allSatisfy { entry in
            guard entry.shape?.affixes == .init(),
                let value = value(entry, .plain) ?? value(entry, comma)
            else { return true }
            return value == 0 || value.magnitude >= 1
        }
    }
}

extension NumberNotation {
    /// The notation without a unit.
    fileprivate var bare: NumberNotation {
        var notation = self
        (notation.prefix, notation.suffix, notation.singular) = ("", "", "")
        return notation
    }
}
