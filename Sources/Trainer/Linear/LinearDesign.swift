import Tables

/// How features become the columns of a linear model: numbers less their mean in standard deviations, 0 where one is
/// missing; categories as a column for each label, 1 where it is the row's.
struct LinearDesign: Equatable, Sendable {
    /// Features that are taken as numbers, those with more labels than anybody wants columns among them.
    let numbers: [Int]
    /// Features that become a column for each of their labels.
    let categories: [(feature: Int, labels: Int)]
    /// Of `numbers`, in their order.
    let means: [Double]
    let scales: [Double]

    private static let mostLabels = 64

    /// Columns altogether.
    var width: Int { numbers.count + categories.reduce(0) { $0 + $1.labels } }

    /// Columns that `features` would become.
    static func width(of features: [Feature]) -> Int {
        let (numbers, categories) = roles(features.map { Model.Input($0).labels?.count })
        return numbers.count + categories.reduce(0) { $0 + $1.labels }
    }

    /// `labels`: how many each feature has, nil where it is a number.
    init(labels: [Int?], means: [Double], scales: [Double]) {
        (numbers, categories) = Self.roles(labels)
        (self.means, self.scales) = (means, scales)
    }

    /// Measures the features on `rows`.
    init(_ features: [Feature], rows: [Int]) {
        let inputs = features.map { Model.Input($0).labels?.count }
        (numbers, categories) = Self.roles(inputs)
        let moments = numbers.map { Self.moments(features[$0].values, rows) }
        (means, scales) = (moments.map(\.mean), moments.map(\.scale))
    }

    private static func roles(_ labels: [Int?]) -> (numbers: [Int], categories: [(feature: Int, labels: Int)])
    {
        func isCategory(_ count: Int?) -> Bool { count.map { $0 <= mostLabels } ?? false }
        return (
            labels.indices.filter { !isCategory(labels[$0]) },
            labels.indices.filter { isCategory(labels[$0]) }.map { ($0, labels[$0] ?? 0) }
        )
    }

    private static func moments(_ values: [Float], _ rows: [Int]) -> (mean: Double, scale: Double) {
        let present = rows.lazy.map { Double(values[$0]) }.filter { !$0.isNaN }
        let count = Double(max(present.reduce(0) { sum, _ in sum + 1 }, 1))
        let mean = present.reduce(0, +) / count
        let variance = present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        return (mean, variance > 0 ? variance.squareRoot() : 1)
    }

    /// Writes a row's columns; `value` gives its features.
    @inline(__always)
    func fill(_ columns: UnsafeMutablePointer<Double>, _ value: (Int) -> Float) {
        for (column, feature) in numbers.enumerated() {
            let value = Double(value(feature))
            unsafe columns[column] = value.isNaN ? 0 : (value - means[column]) / scales[column]
        }
        var first = numbers.count
        for (feature, labels) in categories {
            let value = value(feature)
            for label in 0..<labels { unsafe columns[first + label] = value == Float(label) ? 1 : 0 }
            first += labels
        }
    }

    static func == (one: LinearDesign, other: LinearDesign) -> Bool {
        one.numbers == other.numbers && one.means == other.means && one.scales == other.scales
            && one.categories.elementsEqual(other.categories, by: ==)
    }
}
