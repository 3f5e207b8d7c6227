/// Weighs whether the first line of a sample has names, or data like the lines below it.
struct CSVHeader {
    let names: [String]
    private let sample: CSVSample
    /// Whether each cell of the first line is a number.
    private let numbers: [Double?]
    /// Positive if the first line is more like names, negative if it is more like data.
    private(set) var evidence = 0.0

    /// Evidence below this amount is close, so that a person should hear of it.
    static let closeEvidence = 2.0
    /// How often each text of a column occurs, at the least, if a text above it that does not occur is probably a name.
    private static let usualRepeats = 3.0

    init(_ sample: CSVSample, _ bytes: Span<UInt8>) {
        self.sample = sample
        let first = sample.rows[0]
        names = first.map { $0.text(in: bytes, sample.dialect) }
        numbers = first.map { Self.number($0, bytes) }
        let below = sample.rows.dropFirst().filter { row in
            row.count != first.count
                || !zip(row, names).allSatisfy { $0.text(in: bytes, sample.dialect) == $1 }
        }
        var numbersOverNumbers: [Double] = []
        for column in first.indices {
            let cells = below.compactMap { $0.count > column ? $0[column] : nil }
                .filter { MissingCell($0, bytes) == .present }
            guard !cells.isEmpty else { continue }
            if let top = numbers[column] {
                let isNumeric = cells.count { Self.number($0, bytes) != nil } * 10 >= cells.count * 9
                if isNumeric { numbersOverNumbers.append(top) } else { evidence += 0.2 }
            } else {
                evidence += Self.evidence(of: first[column], over: cells, bytes, sample.dialect)
            }
        }
        // Numbers are also names: years, 0, 1, 2, …, and codes such as 4046 among other names.
        if Self.areYears(numbersOverNumbers) {
            evidence += 3
        } else if !Self.isSequence(numbersOverNumbers) {
            let odd = numbersOverNumbers.filter { !Self.isYear($0) }
            evidence -= min(2.5, Double(odd.count))
        }
        let texts = names.filter { !$0.isEmpty }
        if Set(texts).count < texts.count { evidence -= 1 }
    }

    /// The evidence of one cell that is not a number, over the cells below it.
    private static func evidence(
        of top: CSVField,
        over cells: [CSVField],
        _ bytes: Span<UInt8>,
        _ dialect: CSVDialect
    ) -> Double {
        switch MissingCell(top, bytes) {
        // An index without a name; a row of data seldom begins with an empty cell.
        case .missing: return top.isEmpty ? 1 : -1.5
        case .word, .present: break
        }
        let digits = cells.count { hasDigit($0, bytes) }
        if digits * 10 >= cells.count * 9, !hasDigit(top, bytes) { return 3 }
        let texts = cells.map { $0.text(in: bytes, dialect) }
        let name = top.text(in: bytes, dialect)
        if texts.contains(name) { return -3 }
        let distinct = Set(texts).count
        return Double(texts.count) >= usualRepeats * Double(distinct) ? 2 : 0.2
    }

    /// Whether the first line has names rather than data.
    var hasNames: Bool {
        let filled = zip(names, numbers).filter { !$0.0.isEmpty }
        let areNumbers = filled.allSatisfy { $0.1 != nil }
        let found = filled.compactMap(\.1)
        if sample.rows.count == 1 { return !areNumbers }
        if areNumbers, names.first != "" { return Self.isSequence(found) || Self.areYears(found) }
        return evidence > 0
    }

    /// The names of the classes if the line has scikit-learn's form: `150,4,setosa,versicolor,virginica` above rows of
    /// 4 features and a class; otherwise nil.
    var scikitLearnClasses: [String]? {
        guard names.count >= 4, let rows = Int(names[0]), rows > 0, let features = Int(names[1]),
            features > 0, sample.rows.count > 1, sample.rows[1].count == features + 1,
            numbers.dropFirst(2).allSatisfy({ $0 == nil }), !names.contains("")
        else { return nil }
        return Array(names.dropFirst(2))
    }

    /// Whether the numbers are names by their order: at least three, each greater by one, from 0, 1 or a year on.
    private static func isSequence(_ numbers: [Double]) -> Bool {
        guard numbers.count >= 3, let first = numbers.first, first == 0 || first == 1 || isYear(first) else {
            return false
        }
        return zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 == 1 }
    }

    /// Whether the numbers are at least three years in order.
    private static func areYears(_ numbers: [Double]) -> Bool {
        numbers.count >= 3 && numbers.allSatisfy { (1000...2100).contains($0) && $0 == $0.rounded() }
            && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
    }

    private static func isYear(_ number: Double) -> Bool {
        (1900...2100).contains(number) && number == number.rounded()
    }

    private static func number(_ field: CSVField, _ bytes: Span<UInt8>) -> Double? {
        Decimal.number(bytes, field, point: UInt8(ascii: "."))
            ?? Decimal.number(bytes, field, point: UInt8(ascii: ","))
    }

    private static func hasDigit(_ field: CSVField, _ bytes: Span<UInt8>) -> Bool {
        field.range.contains { bytes[$0] &- UInt8(ascii: "0") < 10 }
    }
}
