/// What boosting makes small, and how scores become what a model says.
enum Loss: Equatable, Sendable {
    /// Two classes: log loss of the logistic function of one score.
    case logistic
    /// More classes: log loss of the softmax of a score for each.
    case softmax(classes: Int)
    /// Values: the square of the error.
    case squared

    /// Scores per row.
    var scores: Int { if case .softmax(let classes) = self { classes } else { 1 } }

    /// Units that a score moves at most in one round, before the rate.
    ///
    /// Where rows are surely wrong there is hardly any curvature, and Newton's step leads anywhere: with many classes, or
    /// rare ones, a model could end as bad as chance (`scripts/bench quality classes300 longtail`). With few classes of a
    /// size nothing is cut. XGBoost calls it `max_delta_step`.
    var longestStep: Double { self == .squared ? .infinity : 20 }

    /// No row's curvature is above this power of two.
    var greatestCurvature: Double {
        switch self {
        case .logistic: 0.25
        case .softmax: 0.5
        case .squared: 1
        }
    }
}

/// What boosting is to say of each row, in a unit in which all numbers are about 1.
struct BoostTarget: Sendable {
    let loss: Loss
    /// Classes by row, where classes are predicted.
    private let labels: Slab<UInt16>
    /// Values by row in units from the base, where values are predicted.
    private let values: Slab<Float>
    /// What every row scores before the first tree, in the model's own unit.
    let base: [Double]
    /// The model's unit, a power of two: of scores, and with a grain of 2^-30 of it, of leaves.
    let unit: Double

    init(classes: Int, labels: [UInt16]) {
        self.labels = Slab(labels, padding: 0)
        values = Slab(repeating: 0, count: 0)
        unit = 1
        loss = classes == 2 ? .logistic : .softmax(classes: classes)
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[Int(label)] += 1 }
        // A class without rows would score minus infinity.
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

    /// A score as it goes into a model: a whole number of 2^-30 units, so that sums are exact in any order.
    static func onGrid(_ score: Double, unit: Double) -> Double {
        let grain = unit / Double(1 << 30)
        return (score / grain).rounded() * grain
    }

    /// Slope and curvature of the loss at a row for the score number `score`, given what the row's scores say.
    @inline(__always)
    func gradient(_ row: Int, score: Int, outputs: UnsafePointer<Float>) -> (slope: Float, curvature: Float) {
        switch loss {
        case .logistic:
            let p = unsafe outputs[row]
            return unsafe (p - (labels.base[row] == 1 ? 1 : 0), p * (1 - p))
        case .softmax(let classes):
            let p = unsafe outputs[row &* classes &+ score]
            let isLabel = unsafe labels.base[row] == UInt16(truncatingIfNeeded: score)
            // Friedman's factor: one of the scores is free.
            return (p - (isLabel ? 1 : 0), Float(classes) / Float(classes &- 1) * p * (1 - p))
        case .squared:
            return unsafe (max(-2, min(2, outputs[row] - values.base[row])), 1)
        }
    }

    /// Packs the gradients of `rows` for the tree of one round and score.
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

    /// What the loss is at a row that is said to be what its class or value is with these `probabilities`.
    func loss(_ row: Int, _ probabilities: Slab<Float>) -> Double {
        switch loss {
        case .logistic:
            let p = unsafe Double(probabilities.base[row])
            return unsafe -Elementary.log(max(labels.base[row] == 1 ? p : 1 - p, 1e-15))
        case .softmax(let classes):
            let p = unsafe Double(probabilities.base[row * classes + Int(labels.base[row])])
            return -Elementary.log(max(p, 1e-15))
        case .squared:
            let error = unsafe Double(probabilities.base[row] - values.base[row])
            return error * error
        }
    }
}
