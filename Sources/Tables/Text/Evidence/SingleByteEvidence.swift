/// How well a sample reads in a single-byte encoding: each byte that is not ASCII counts for or against it by the bytes
/// beside it.
struct SingleByteEvidence {
    private let table: CharacterTable
    private let bytes: [UInt8]

    /// The score of `sample` in `encoding`; nil if the encoding is not a single-byte one.
    static func score(_ sample: TextSample, _ encoding: TextEncoding) -> Int? {
        guard let table = CharacterTable(encoding) else { return nil }
        let evidence = SingleByteEvidence(table: table, bytes: sample.bytes)
        return sample.bytes.indices.reduce(0) { sum, index in
            sample.bytes[index] < 0x80 ? sum : sum + evidence.weight(index)
        }
    }

    /// Whether at least half of the bytes that are not ASCII are letters beside such letters, as in words of another
    /// script; true for an encoding that is not a single-byte one.
    static func hasWords(_ sample: TextSample, _ encoding: TextEncoding) -> Bool {
        guard let table = CharacterTable(encoding) else { return true }
        let evidence = SingleByteEvidence(table: table, bytes: sample.bytes)
        let highs = sample.bytes.indices.filter { sample.bytes[$0] >= 0x80 }
        let inWords = highs.count { index in
            table[sample.bytes[index]].isLetter && [-1, 1].contains { evidence.isHighLetter(index + $0) }
        }
        return 2 * inWords >= highs.count
    }

    private func isHighLetter(_ index: Int) -> Bool {
        sign(index).isLetter && bytes[index] >= 0x80
    }

    /// The meaning of the byte at `index`; a blank outside the sample.
    private func sign(_ index: Int) -> CharacterTable.Sign {
        bytes.indices.contains(index) ? table[bytes[index]] : .blank
    }

    private func weight(_ index: Int) -> Int {
        let (left, right) = (sign(index - 1), sign(index + 1))
        let isInWord = left.isLetter && right.isLetter
        switch sign(index) {
        case .undefined: return -10
        case .control: return -5
        case .letter(let script, let isUpper, let weight):
            return letter(index, script, isUpper: isUpper, weight: weight)
        case .blank: return 1
        case .apostrophe: return apostrophe(index)
        case .openingQuote: return !left.isLetter && (right.isLetter || right == .digit) ? 3 : -2
        case .closingQuote: return !left.isBlank && !right.isLetter ? 3 : -2
        case .dash: return isInWord ? 0 : 2
        case .ellipsis: return !right.isLetter ? 2 : left.isLetter ? 0 : -1
        case .currency: return currency(index)
        case .measure: return left == .digit ? 3 : isInWord ? -3 : right.isLetter ? -1 : 1
        case .opening:
            return left.isLetter ? -3 : right.isLetter || right == .digit || right == .blank ? 2 : 0
        case .mark: return isInWord ? -2 : 1
        case .odd: return isInWord ? -4 : -2
        case .digit, .plain: return 0
        }
    }

    /// A letter stands among letters of its script, and no upper-case letter follows a lower-case one.
    private func letter(_ index: Int, _ script: CharacterTable.Script, isUpper: Bool, weight: Int) -> Int {
        var (weight, neighbours) = (isUpper && script == .latin ? min(weight, 2) : weight, 0)
        for side in [-1, 1] {
            switch sign(index + side) {
            case .letter(let other, let otherIsUpper, _):
                neighbours += 1
                if other != script { return -4 }
                if side < 0 ? isUpper && !otherIsUpper : !isUpper && otherIsUpper { return -4 }
                // Languages in Latin letters seldom have two letters with accents in a row; ß may follow one.
                if script == .latin, bytes[index + side] >= 0x80, !isSharpS(index), !isSharpS(index + side) {
                    weight -= 2
                }
            case .digit: weight -= 2
            case .odd, .undefined, .control, .currency, .mark: weight -= 1
            default: break
            }
        }
        if isUpper, isLetter(index - 1, isUpper: true), isLetter(index + 1, isUpper: false) { return -3 }
        // KOI8-R and Windows-1251 have small letters where the other has capitals, and few texts are all capitals.
        if isUpper, script == .cyrillic,
            isLetter(index - 1, isUpper: true) || isLetter(index + 1, isUpper: true)
        {
            return min(weight, 1)
        }
        return neighbours == 0 ? min(weight, isUpper ? 0 : 1) : weight
    }

    private func isLetter(_ index: Int, isUpper: Bool) -> Bool {
        if case .letter(_, isUpper, _) = sign(index) { true } else { false }
    }

    /// A currency sign stands beside a number, perhaps with a blank between.
    private func currency(_ index: Int) -> Int {
        let sides = [-1, 1].map { side in
            sign(index + side) == .blank ? sign(index + 2 * side) : sign(index + side)
        }
        if sides.contains(.digit) { return 3 }
        let isInWord = sign(index - 1).isLetter && sign(index + 1).isLetter
        return isInWord ? -3 : sign(index + 1).isLetter ? -1 : 1
    }

    private func isSharpS(_ index: Int) -> Bool {
        guard bytes.indices.contains(index) else { return false }
        return bytes[index] == 0xDF || bytes[index] == 0xA7
    }

    /// An apostrophe stands within a word: before a short ending (don’t, she’s) or behind a short start (l’eau).
    private func apostrophe(_ index: Int) -> Int {
        guard sign(index - 1).isLetter else { return -2 }
        guard sign(index + 1).isLetter else { return 2 }
        let endings = Array("stdmrvlSTDMRVL".utf8)
        return !sign(index - 2).isLetter || endings.contains(bytes[index + 1]) ? 4 : 1
    }
}

extension CharacterTable.Sign {
    fileprivate var isBlank: Bool { self == .blank }
}
