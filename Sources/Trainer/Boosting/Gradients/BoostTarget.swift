/// The target of boosting, and the gradients of the loss.
///
/// In a regression, the mean is subtracted from the target, and the result is scaled to the range -1 to 1.
struct BoostTarget: Sendable {
    let loss: Loss
    /// The class of each row; empty in a regression.
    private let labels: Slab<UInt16>
    /// `(value - base) / unit` for each row; empty in a classification.
    private let values: Slab<Float>
    /// The initial value of each score.
    ///
    /// With two classes, it is the log odds of the second class. With more classes, it is the logarithm of the share of
    /// rows in the score's class. In a regression, it is the mean.
    let base: [Double]
    /// The power of two that is the scale of ``values`` in a regression; 1 in a classification.
    ///
    /// The values of leaves are multiples of unit · 2⁻³⁰.
    let unit: Double
    /// The weight of each row, at most 1 on average; nil if all are 1.
    private let weights: Slab<Float>?

    /// The target of a classification; `weights` are those of the rows, as in ``RowWeights``.
    init(classes: Int, labels: [UInt16], weights: RowWeights? = nil) {
        self.labels = Slab(labels, padding: 0)
        values = Slab(repeating: 0, count: 0)
        unit = 1
        loss = classes == 2 ? .logistic : .softmax(classes: classes)
        self.weights = weights?.values.map { Slab($0, padding: 0) }
        let logs = Self.shares(classes: classes, labels, weights).map(Elementary.log)
        base = (classes == 2 ? [logs[1] - logs[0]] : logs).map { Self.onGrid($0, unit: 1) }
    }

    /// The shares of the classes in the rows.
    ///
    /// A class without rows counts as one row: the logarithm of its share would be minus infinity.
    private static func shares(classes: Int, _ labels: [UInt16], _ weights: RowWeights?) -> [Double] {
        if let sums = weights?.sums(classes: classes, labels: labels) {
            let total = sums.reduce(0, +)
            return sums.map { ($0 > 0 ? $0 : total / Double(labels.count)) / total }
        }
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[Int(label)] += 1 }
        return counts.map { Double(max($0, 1)) / Double(labels.count) }
    }

    /// The target of a regression; `weights` are those of the rows, as in ``RowWeights``.
    init(values: [Double], weights: RowWeights? = nil) {
        labels = Slab(repeating: 0, count: 0)
        loss = .squared
        self.weights = weights?.values.map { Slab($0, padding: 0) }
        let mean = Self.mean(values, weights?.values)
        let reach = values.reduce(.leastNormalMagnitude) { max($0, abs($1 - mean)) }
        let exponent = max(-1_000, min(Int(reach.exponent) + 1, 1_000))
        let unit = Double(sign: .plus, exponent: exponent, significand: 1)
        let base = Self.onGrid(mean, unit: unit)
        self.unit = unit
        self.base = [base]
        self.values = Slab(values.map { Float(($0 - base) / unit) }, padding: 0)
    }

    private static func mean(_ values: [Double], _ weights: [Float]?) -> Double {
        guard let weights else { return values.reduce(0, +) / Double(max(values.count, 1)) }
        let sum = zip(values, weights).reduce(0) { $0 + $1.0 * Double($1.1) }
        return sum / weights.reduce(0) { $0 + Double($1) }
    }

    /// Rounds to a multiple of unit · 2⁻³⁰, so that sums are exact in any order.
    static func onGrid(_ score: Double, unit: Double) -> Double {
        let grain = unit / Double(1 << 30)
        return (score / grain).rounded() * grain
    }

    /// The first and second derivatives of a row's loss with respect to the score `score`, given the outputs.
    ///
    /// In a regression, the loss is halved for this purpose, so the slope is the plain error. The slope is limited to
    /// -2 … 2.
    @inline(__always)
    func gradient(_ row: Int, score: Int, outputs: UnsafePointer<Float>) -> (slope: Float, curvature: Float) {
        switch loss {
        case .logistic:
            let p = unsafe outputs[row]
            return unsafe (p - (labels.base[row] == 1 ? 1 : 0), p * (1 - p))
        case .softmax(let classes):
            let p = unsafe outputs[row &* classes &+ score]
            let isLabel = unsafe labels.base[row] == UInt16(truncatingIfNeeded: score)
            // The factor K / (K - 1) is Friedman's: one of the K scores is redundant.
            return (p - (isLabel ? 1 : 0), Float(classes) / Float(classes &- 1) * p * (1 - p))
        case .squared:
            return unsafe (max(-2, min(2, outputs[row] - values.base[row])), 1)
        }
    }

    /// Whether rows have different weights.
    var isWeighted: Bool { weights != nil }

    /// The weight of a row.
    @inline(__always)
    func weight(_ row: Int) -> Double {
        guard let weights else { return 1 }
        return unsafe Double(weights.base[row])
    }

    /// Computes the gradients of `rows` for the tree of one round and score, and packs them with their weights.
    func pack(
        _ rows: Range<Int>,
        score: Int,
        round: Int,
        outputs: Slab<Float>,
        _ packing: PackedGradients,
        into packed: Slab<Int64>
    ) {
        let salt = UInt32(truncatingIfNeeded: round &* loss.scores &+ score) &* 0x85EB_CA6B
        // Two loops, so that the one without weights does not look for them in each row.
        if let weights {
            for row in rows {
                unsafe pack(row, Double(weights.base[row]), score, salt, outputs, packing, packed)
            }
        } else {
            for row in rows { pack(row, 1, score, salt, outputs, packing, packed) }
        }
    }

    @inline(__always)
    private func pack(
        _ row: Int,
        _ weight: Double,
        _ score: Int,
        _ salt: UInt32,
        _ outputs: Slab<Float>,
        _ packing: PackedGradients,
        _ packed: Slab<Int64>
    ) {
        let gradient = unsafe gradient(row, score: score, outputs: outputs.base)
        let hash = (UInt32(truncatingIfNeeded: row) &+ salt) &* 0x9E37_79B9
        unsafe packed.base[row] = packing.pack(
            slope: weight * Double(gradient.slope),
            curvature: weight * Double(gradient.curvature),
            chance: Double(Int32(bitPattern: hash)) / 0x1p32
        )
    }

    /// The loss of a row, given the outputs, without its weight.
    func loss(_ row: Int, _ outputs: Slab<Float>) -> Double {
        switch loss {
        case .logistic:
            let p = unsafe Double(outputs.base[row])
            return unsafe -Elementary.log(max(labels.base[row] == 1 ? p : 1 - p, 1e-15))
        case .softmax(let classes):
            let p = unsafe Double(outputs.base[row * classes + Int(labels.base[row])])
            return -Elementary.log(max(p, 1e-15))
        case .squared:
            let error = unsafe Double(outputs.base[row] - values.base[row])
            return error * error
        }
    }
}
