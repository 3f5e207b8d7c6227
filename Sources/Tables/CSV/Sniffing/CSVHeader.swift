/// Decides whether the first line of a sample has names, or data like the lines below it.
struct CSVHeader {
    let names: [String]
    private let sample: CSVSample
    /// Whether each cell of the first line is a number or missing.
    private let areNumbers: [Bool]
    /// For each column, the texts below the first line, without numbers and missing cells.
    private let textsBelow: [Set<String>]
    /// Whether some column has a number in the first line, numbers below it and no texts below it.
    private let hasNumberOverNumbers: Bool

    /// Numbers that are also common column names, as in tables with a column per year.
    private static let years: ClosedRange<Double> = 1900...2100

    init(_ sample: CSVSample, _ bytes: Span<UInt8>) {
        self.sample = sample
        let (dialect, first) = (sample.dialect, sample.rows[0])
        func isText(_ field: CSVField) -> Bool {
            !field.isMissing(in: bytes) && Decimal.number(bytes, field, point: dialect.point) == nil
        }
        func number(_ field: CSVField) -> Double? { Decimal.number(bytes, field, point: dialect.point) }
        func isYear(_ number: Double) -> Bool {
            Self.years.contains(number) && number == number.rounded()
        }
        let below = first.indices.map { column in
            sample.rows.dropFirst().compactMap { $0.count > column ? $0[column] : nil }
        }
        let textsBelow = below.map { Set($0.filter(isText).map { $0.text(in: bytes, dialect) }) }
        names = first.map { $0.text(in: bytes, dialect) }
        areNumbers = first.map { !isText($0) }
        self.textsBelow = textsBelow
        hasNumberOverNumbers = first.indices.contains { column in
            guard let top = number(first[column]), !isYear(top) else { return false }
            return textsBelow[column].isEmpty && below[column].contains { number($0) != nil }
        }
    }

    /// Whether the first line is like the lines below it: a number over numbers, only numbers, or texts that occur
    /// again.
    var looksLikeData: Bool {
        if hasNumberOverNumbers { return true }
        if areNumbers.allSatisfy(\.self) { return names.contains { !$0.isEmpty } }
        return names.indices.allSatisfy { column in
            areNumbers[column] ? textsBelow[column].isEmpty : textsBelow[column].contains(names[column])
        }
    }

    /// The names of the classes if the line has scikit-learn's form: `150,4,setosa,versicolor,virginica` above rows of
    /// 4 features and a class; otherwise nil.
    var scikitLearnClasses: [String]? {
        guard names.count >= 4, let rows = Int(names[0]), rows > 0, let features = Int(names[1]),
            features > 0,
            sample.rows.count > 1, sample.rows[1].count == features + 1,
            !areNumbers.dropFirst(2).contains(true)
        else { return nil }
        return Array(names.dropFirst(2))
    }
}
