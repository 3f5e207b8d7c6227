/// Computes the value of a leaf: the learning rate times a Newton step for the loss of the leaf's rows.
///
/// The length of the step is limited.
struct LeafValue: Sendable {
    private let target: BoostTarget
    private let outputs: Slab<Float>
    private let score: Int
    private let packing: PackedGradients
    private let rate: Double
    private let l2: Double

    /// Prepares for the leaves of a tree that changes the score with the index `score`.
    ///
    /// `outputs` are the predictions at the start of the round.
    init(_ training: BoostTrainingData, outputs: Slab<Float>, score: Int) {
        target = training.target
        (self.outputs, self.score, packing) = (outputs, score, training.packing)
        (rate, l2) = (training.parameters.rate, training.parameters.l2)
    }

    /// The value of a leaf with the rows `rows[range]`.
    ///
    /// `sum` is the sum of their packed gradients. If `sum` is nil or not precise enough, the gradients are computed
    /// again.
    func value(_ rows: Slab<UInt32>, _ range: Range<Int>, sum: Int64?) -> Double {
        guard let sum, packing.isPrecise(sum) else {
            let (slope, curvature) = preciseSums(rows, range)
            return value(slope, curvature)
        }
        return value(packing.slope(sum), packing.curvature(sum))
    }

    private func value(_ slope: Double, _ curvature: Double) -> Double {
        guard curvature + l2 > 0 else { return 0 }
        let step = max(-target.loss.longestStep, min(-slope / (curvature + l2), target.loss.longestStep))
        return BoostTarget.onGrid(rate * step * target.unit, unit: target.unit)
    }

    /// The sums of slopes and curvatures over `rows[range]`; each number is rounded to a multiple of 2^-30 before it is
    /// added.
    private func preciseSums(_ rows: Slab<UInt32>, _ range: Range<Int>) -> (slope: Double, curvature: Double)
    {
        var (slopes, curvatures): (Int64, Int64) = (0, 0)
        for index in range {
            let row = unsafe Int(rows.base[index])
            let gradient = unsafe target.gradient(row, score: score, outputs: outputs.base)
            let weight = target.weight(row) * 0x1p30
            slopes &+= PackedGradients.nearest(weight * Double(gradient.slope))
            curvatures &+= PackedGradients.nearest(weight * Double(gradient.curvature))
        }
        return (Double(slopes) / 0x1p30, Double(curvatures) / 0x1p30)
    }
}
