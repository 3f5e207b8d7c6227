import Tables

/// The training rows of a table, and their weights.
///
/// A row of weight 2 counts as two rows that are equal, and a row of weight 0 is no training row.
struct RowWeights: Sendable {
    /// Those of the given rows whose weight is above 0, in the order given.
    let rows: [Int]
    /// The weight of each row of ``rows`` divided by ``unit``; nil if all rows weigh the same, and 1 is meant.
    ///
    /// They are at most 1 on average, and below 2^20, so that their products with gradients fit in integers.
    let values: [Float]?
    /// The weight that is 1 in ``values``.
    ///
    /// It is the weight of every row if all are equal, else a power of two, so that the divisions are exact.
    let unit: Double

    /// Reads the weights of `rows`.
    ///
    /// - Throws: ``TrainingError/weightless`` if no row has a weight above 0.
    init(_ data: Dataset, rows all: [Int]) throws(TrainingError) {
        guard let weights = data.weights else {
            (rows, values, unit) = (all, nil, 1)
            return
        }
        let rows = all.filter { weights[$0] > 0 }
        guard let first = rows.first else { throw .weightless }
        self.rows = rows
        guard rows.contains(where: { weights[$0] != weights[first] }) else {
            (values, unit) = (nil, Double(weights[first]))
            return
        }
        let unit = Self.unit(rows.lazy.map { weights[$0] })
        self.unit = unit
        values = rows.map { Float(Double(weights[$0]) / unit) }
    }

    /// The least power of two that is not below the mean of the weights, nor below 2^-19 of the greatest.
    private static func unit(_ weights: some Collection<Float>) -> Double {
        let mean = weights.reduce(0) { $0 + Double($1) } / Double(weights.count)
        let least = max(mean, Double(weights.max() ?? 0) * 0x1p-19)
        return Double(
            sign: .plus,
            exponent: Int(least.exponent) + (least.significand > 1 ? 1 : 0),
            significand: 1
        )
    }

    /// The sum of the values of ``values`` for each class; `labels` has the class of each row of ``rows``.
    ///
    /// Nil if all rows weigh the same.
    func sums(classes: Int, labels: [UInt16]) -> [Double]? {
        guard let values else { return nil }
        var sums = [Double](repeating: 0, count: classes)
        for (label, value) in zip(labels, values) { sums[Int(label)] += Double(value) }
        return sums
    }
}
