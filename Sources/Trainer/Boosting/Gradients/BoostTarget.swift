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

    init(classes: Int, labels: [UInt16]) {
        self.labels = Slab(labels, padding: 0)
        values = Slab(repeating: 0, count: 0)
        unit = 1
        loss = classes == 2 ? .logistic : .softmax(classes: classes)
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[Int(label)] += 1 }
        // A class without rows counts as one row: its logarithm would be minus infinity.
        let logs = counts.map { Elementary.log(Double(max($0, 1)) / Double(labels.count)) }
        base = (classes == 2 ? [logs[1] - logs[0]] : logs).map { Self.onGrid($0, unit: 1) }
    }

    init(values: [Double]) {
        labels = Slab(repeating: 0, count: 0)
        loss = .squared
        let mean = values.reduce(0, +) / Double(max(values.count, 1))
        let reach = values.reduce(.leastNormalMagnitude) { max($0, abs($1 - mean)) }
        let exponent = max(-1_000, min(Int(reach.exponent) + 1, 1_000))
        let unit = Double(sign: .plus, exponent: exponent, significand: 1)
        let base = Self.onGrid(mean, unit: unit)
        self.unit = unit
        self.base = [base]
        self.values = Slab(values.map { Float(($0 - base) / unit) }, padding: 0)
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

    /// Computes and packs the gradients of `rows` for the tree of one round and score.
    func pack(
        _ rows: Range<Int>,
        score: Int,
        round: Int,
        outputs: Slab<Float>,
        _ packing: PackedGradients,
        into packed: Slab<Int64>
    ) {
        let salt = UInt32(truncatingIfNeeded: round &* loss.scores &+ score) &* 0x85EB_CA6B
        for row in rows {
            let gradient = unsafe gradient(row, score: score, outputs: outputs.base)
            let hash = (UInt32(truncatingIfNeeded: row) &+ salt) &* 0x9E37_79B9
            unsafe packed.base[row] = packing.pack(
                slope: gradient.slope,
                curvature: gradient.curvature,
                chance: Double(Int32(bitPattern: hash)) / 0x1p32
            )
        }
    }

    /// The loss of a row, given the outputs.
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
