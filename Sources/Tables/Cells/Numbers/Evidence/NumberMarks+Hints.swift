/// What a column shows the other columns of its file.
extension NumberMarks {
    /// Counts the cells that can be read in one way only.
    func collect(_ hints: inout FileNumberHints) {
        if areLists { return }
        for entry in evidence.entries {
            guard let shape = entry.shape, !shape.isWhole else { continue }
            let (asPoint, asComma) = (evidence.value(entry, point), evidence.value(entry, comma))
            guard (asPoint == nil) != (asComma == nil) else { continue }
            let text = evidence.bytes[shape.digits]
            let (commas, points) = (text.contains(UInt8(ascii: ",")), text.contains(UInt8(ascii: ".")))
            if asPoint != nil {
                if points { hints.decimalPoints += entry.weight }
                if commas { hints.commaThousands += entry.weight }
            } else {
                if commas { hints.decimalCommas += entry.weight }
                if points { hints.pointThousands += entry.weight }
            }
        }
        hints.plainThousands += plainThousands
    }

    /// Whole numbers from 1000 without marks, unless they are years, count rows, or seem to be codes.
    private var plainThousands: Int {
        let whole = evidence.entries.filter { wholeNumber($0) != nil }
        let values = whole.compactMap { wholeNumber($0)?.magnitude }
        let large = zip(whole, values).filter { $1 >= 1_000 }
        let areYears = large.allSatisfy { (1_500...2_100).contains($1) }
        let countRows = values.count > 2 && zip(values, values.dropFirst()).allSatisfy { $1 == $0 + 1 }
        return areYears || countRows || areCodes(whole) ? 0 : large.reduce(0) { $0 + $1.0.weight }
    }

    /// Whether whole numbers seem to be codes, which nobody writes with groups: some begin with 0, or all have the same
    /// length, up to six digits as postal codes or from ten as phone numbers.
    private func areCodes(_ whole: [NumberEvidence.Entry]) -> Bool {
        let texts = whole.compactMap { $0.shape.map { evidence.bytes[$0.digits] } }
        let lengths = Set(texts.map(\.count))
        return texts.contains { $0.count > 1 && $0.first == UInt8(ascii: "0") }
            || texts.count > 1 && lengths.count == 1 && lengths.allSatisfy { $0 <= 6 || $0 >= 10 }
    }
}
