import Tables

/// Turns features into the columns of a linear model's design matrix.
///
/// A numeric feature is standardised; a missing value becomes 0, the mean of the column. A categorical feature with
/// at most 64 labels becomes one indicator column per label (one-hot encoding); for a missing value, all of these
/// columns are 0. With more labels, it is standardised like a numeric feature.
struct LinearDesign: Equatable, Sendable {
    /// The features that become one standardised column: numeric ones, and categorical ones with more than 64 labels.
    let numbers: [Int]
    /// The features that become one indicator column per label.
    let categories: [(feature: Int, labels: Int)]
    /// The mean of each feature in ``numbers``.
    let means: [Double]
    /// The standard deviation of each feature in ``numbers``; 1 for a constant feature.
    let scales: [Double]

    private static let maxLabels = 64

    /// The number of columns.
    var width: Int { numbers.count + categories.reduce(0) { $0 + $1.labels } }

    /// The number of columns for `features`.
    static func width(of features: [Feature]) -> Int {
        let (numbers, categories) = roles(features.map { Model.Input($0).labels?.count })
        return numbers.count + categories.reduce(0) { $0 + $1.labels }
    }

    /// Creates a design; `labels` has the number of labels of each feature, or nil for a numeric feature.
    init(labels: [Int?], means: [Double], scales: [Double]) {
        (numbers, categories) = Self.roles(labels)
        (self.means, self.scales) = (means, scales)
    }

    /// Computes means and standard deviations on `rows`, with the weight of each of them; nil: all weigh the same.
    init(_ features: [Feature], rows: [Int], weights: [Float]? = nil) {
        let inputs = features.map { Model.Input($0).labels?.count }
        (numbers, categories) = Self.roles(inputs)
        let moments = numbers.map { feature in
            let values = features[feature].values
            return weights.map { Self.moments(values, rows, $0) } ?? Self.moments(values, rows)
        }
        (means, scales) = (moments.map(\.mean), moments.map(\.scale))
    }

    private static func roles(_ labels: [Int?]) -> (numbers: [Int], categories: [(feature: Int, labels: Int)])
    {
        func isCategory(_ count: Int?) -> Bool { count.map { $0 <= maxLabels } ?? false }
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

    private static func moments(_ values: [Float], _ rows: [Int], _ weights: [Float])
        -> (mean: Double, scale: Double)
    {
        let present = zip(rows, weights).lazy.map { (value: Double(values[$0]), weight: Double($1)) }
            .filter { !$0.value.isNaN }
        let count = max(present.reduce(0) { $0 + $1.weight }, .leastNormalMagnitude)
        let mean = present.reduce(0) { $0 + $1.weight * $1.value } / count
        let variance = present.reduce(0) { $0 + $1.weight * ($1.value - mean) * ($1.value - mean) } / count
        return (mean, variance > 0 ? variance.squareRoot() : 1)
    }

    /// Writes the columns of a row; `value` returns the value of a feature in this row.
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
