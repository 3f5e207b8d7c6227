/// How well each pair of decimal and grouping mark reads the texts of a column.
struct NumberMarks {
    /// All pairs, from the simplest; the first of equally good ones is taken.
    private static let pairs: [NumberNotation] = [
        .plain, .init(decimal: .point, grouping: .comma), .init(decimal: .comma, grouping: .none),
        .init(decimal: .comma, grouping: .point), .init(decimal: .point, grouping: .blank),
        .init(decimal: .comma, grouping: .blank), .init(decimal: .point, grouping: .apostrophe),
        .init(decimal: .comma, grouping: .apostrophe),
        .init(decimal: .point, grouping: .comma, groupsByTwo: true),
    ]

    let evidence: NumberEvidence
    let pairs: [NumberNotation]
    /// The number of cells that each pair reads.
    private let covered: [Int]
    /// Cells of digits and marks that no pair reads, such as dates, versions and lists.
    private let unread: Int
    /// The best pair with a decimal point and the best with a decimal comma.
    let point: NumberNotation
    let comma: NumberNotation
    /// Cells that only one of the two reads.
    private var onlyPoint = 0
    private var onlyComma = 0
    /// Cells that both read, as different numbers, and the first text that is one.
    private var contested = 0
    private var firstContested: Int?
    private var firstOnlyPoint: Int?
    private var firstOnlyComma: Int?

    init(_ evidence: NumberEvidence, _ affixes: NumberNotation) {
        self.evidence = evidence
        let pairs = Self.pairs.map { pair in
            var notation = affixes
            (notation.decimal, notation.grouping) = (pair.decimal, pair.grouping)
            notation.groupsByTwo = pair.groupsByTwo
            notation.groupsAreOptional = pair.grouping != .none
            return notation
        }
        let (covered, unread) = Self.cover(evidence, pairs)
        func best(_ decimal: NumberNotation.DecimalMark) -> NumberNotation {
            var best = decimal == .point ? 0 : 2
            for index in pairs.indices
            where pairs[index].decimal == decimal && covered[index] > covered[best] { best = index }
            return pairs[best]
        }
        (self.pairs, self.covered, self.unread) = (pairs, covered, unread)
        (point, comma) = (best(.point), best(.comma))
        compare()
    }

    /// Counts the cells that each pair reads, and those of digits and marks that no pair reads.
    private static func cover(
        _ evidence: NumberEvidence,
        _ pairs: [NumberNotation]
    ) -> (covered: [Int], unread: Int) {
        var covered = Array(repeating: evidence.read, count: pairs.count)
        let shaped = evidence.entries.filter { $0.shape != nil }
        var isRead = shaped.map { evidence.value($0, pairs[0]) != nil }
        for (entry, isRead) in zip(shaped, isRead) where isRead { covered[0] += entry.weight }
        // Where all numbers are plain, only a decimal comma with points between thousands may read them too.
        let indices = isRead.allSatisfy(\.self) ? 2...3 : 1...pairs.count - 1
        for (position, entry) in shaped.enumerated() {
            let isPlain = isRead[position]
            let isWhole = entry.shape?.isWhole == true
            for index in indices where isWhole ? isPlain : evidence.value(entry, pairs[index]) != nil {
                covered[index] += entry.weight
                isRead[position] = true
            }
        }
        let unread = zip(shaped, isRead).reduce(0) { sum, pair in
            let (entry, isRead) = pair
            let isBare = entry.shape?.affixes == .init(prefix: pairs[0].prefix, suffix: pairs[0].suffix)
            return !isRead && isBare ? sum + entry.weight : sum
        }
        return (covered, unread)
    }

    private mutating func compare() {
        for (index, entry) in evidence.entries.enumerated() where entry.shape?.isWhole == false {
            switch (evidence.value(entry, point), evidence.value(entry, comma)) {
            case (.some, nil):
                onlyPoint += entry.weight
                if firstOnlyPoint == nil { firstOnlyPoint = index }
            case (nil, .some):
                onlyComma += entry.weight
                if firstOnlyComma == nil { firstOnlyComma = index }
            case (let first?, let second?) where first != second:
                contested += entry.weight
                if firstContested == nil { firstContested = index }
            default: break
            }
        }
    }

    func cells(of notation: NumberNotation) -> Int {
        pairs.firstIndex(of: notation).map { covered[$0] } ?? 0
    }

    var best: NumberNotation { cells(of: comma) > cells(of: point) ? comma : point }

    var readings: [NumberNotation] { [point, comma] }

    /// Two texts that show why the marks are unclear; a text that proves a mark comes first.
    var witnesses: (Int, Int)? {
        if let first = firstOnlyPoint, let second = firstOnlyComma { return (first, second) }
        guard let contested = firstContested else { return nil }
        let other = evidence.entries.indices.last {
            $0 != contested && evidence.value(evidence.entries[$0], point) != nil
        }
        return (contested, other ?? contested)
    }

    /// Whether the cells are dates, versions or lists rather than numbers.
    func areNoNumbers(_ others: FileNumberHints) -> Bool {
        10 * unread > evidence.cells || areLists
            || others.sureDecimal == .point && mayBeLists
            || best.grouping == .blank && arePhones
    }

    /// Whether at least five different numbers have groups and the same number of digits, nine or more, as phone numbers
    /// in one country have.
    private var arePhones: Bool {
        let texts = evidence.entries.compactMap { $0.shape.map { evidence.bytes[$0.digits] } }
        let counts = Set(texts.map { $0.count { $0 &- UInt8(ascii: "0") < 10 } })
        return texts.count >= 5 && counts.count == 1 && counts.allSatisfy { $0 >= 9 }
    }

    /// Whether the cells with a comma may be lists, such as `1,3` for the first and the third answer: all have one or two
    /// digits on both sides.
    private var mayBeLists: Bool {
        onlyComma > 0 && onlyPoint == 0 && contested == 0
            && pairsOfDigits.allSatisfy { $0.allSatisfy { (1...2).contains($0.count) && $0.first != zero } }
    }

    /// Whether the cells with a comma are surely lists: in at least five different ones the second number is larger.
    var areLists: Bool {
        guard mayBeLists else { return false }
        let pairs = pairsOfDigits
        return pairs.count >= 5
            && pairs.allSatisfy { pair in
                let (first, second) = (pair[0], pair[pair.count - 1])
                return first.count < second.count
                    || first.count == second.count && first.lexicographicallyPrecedes(second)
            }
    }

    private var zero: UInt8 { UInt8(ascii: "0") }

    /// The parts around the comma of all texts that are no whole numbers.
    private var pairsOfDigits: [[ArraySlice<UInt8>]] {
        evidence.entries.compactMap { entry in
            guard let shape = entry.shape, !shape.isWhole else { return nil }
            let digits = evidence.bytes[shape.digits]
            return digits.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        }
    }

    /// The notation; nil if thousands and decimals cannot be told apart.
    func decide(_ others: FileNumberHints) -> NumberNotation? {
        if contested == 0 { return best }
        if onlyPoint > 20 * onlyComma { return point }
        if onlyComma > 20 * onlyPoint { return comma }
        guard onlyPoint == 0, onlyComma == 0 else { return nil }
        let plain = pairs[0]
        switch (point.grouping, comma.grouping) {
        case (.comma, .none): return decideComma(others) ?? (isNearly(plain) ? plain : nil)
        case (.none, .point): return decidePoint(others)
        default: return nil
        }
    }

    /// Decides whether `1,050` is 1050 or 1.05.
    private func decideComma(_ others: FileNumberHints) -> NumberNotation? {
        let whole = wholeNumbers
        // Values that grow past 999 go on with 1,000; decimals of three places have no whole numbers among them.
        if whole.large == 0, whole.largest > 100 || whole.small >= 10 {
            return others.sureDecimal == .comma ? nil : point
        }
        switch others.sureDecimal {
        case .point: return point
        case .comma: return comma
        case nil:
            if others.isMixed || whole.large > 0 { return nil }
            if others.separator == UInt8(ascii: ",") { return point }
            return others.plainThousands > 0 ? comma : nil
        }
    }

    /// Decides whether `1.050` is 1.05, as usual, or 1050, as in a file with decimal commas.
    private func decidePoint(_ others: FileNumberHints) -> NumberNotation? {
        if others.sureDecimal == .comma { return comma }
        return others.isMixed ? nil : point
    }

    private func isNearly(_ notation: NumberNotation) -> Bool {
        20 * cells(of: notation) >= 19 * cells(of: best)
    }

    /// Numbers without marks: different ones from 1 to 999, the largest of them, and cells from 1000.
    private var wholeNumbers: (small: Int, largest: Double, large: Int) {
        var whole = (small: 0, largest: 0.0, large: evidence.largestRead >= 1_000 ? 1 : 0)
        if evidence.largestRead < 1_000 { whole.largest = evidence.largestRead }
        for entry in evidence.entries {
            guard let value = wholeNumber(entry)?.magnitude, value > 0 else { continue }
            if value >= 1_000 {
                whole.large += entry.weight
            } else {
                whole.small += 1
                whole.largest = max(whole.largest, value)
            }
        }
        return whole
    }

    func wholeNumber(_ entry: NumberEvidence.Entry) -> Double? {
        entry.shape?.isWhole == true ? evidence.value(entry, pairs[0]) : nil
    }
}
