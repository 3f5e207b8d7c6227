/// Computes the values of a tree's leaves: the learning rate times the Newton step that minimises the loss of their rows.
struct LeafValue: Sendable {
    private let target: BoostTarget
    private let outputs: Slab<Float>
    private let score: Int
    private let packing: PackedGradients
    private let rate: Double
    private let l2: Double

    /// For a tree of the score `score`, given the outputs before the tree is added.
    init(_ training: BoostTrainingData, outputs: Slab<Float>, score: Int) {
        target = training.target
        (self.outputs, self.score, packing) = (outputs, score, training.packing)
        (rate, l2) = (training.parameters.rate, training.parameters.l2)
    }

    /// The value of a leaf with the rows at `range` of `rows`.
    ///
    /// `sum` is the sum of their packed gradients, if it is known; it is used if it is precise enough.
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

    /// The sums of slopes and curvatures in multiples of 2^-30, for leaves whose packed sums are too coarse.
    private func preciseSums(_ rows: Slab<UInt32>, _ range: Range<Int>) -> (slope: Double, curvature: Double)
    {
        var (slopes, curvatures): (Int64, Int64) = (0, 0)
        for index in range {
            let row = unsafe Int(rows.base[index])
            let gradient = unsafe target.gradient(row, score: score, outputs: outputs.base)
            slopes &+= PackedGradients.nearest(Double(gradient.slope) * 0x1p30)
            curvatures &+= PackedGradients.nearest(Double(gradient.curvature) * 0x1p30)
        }
        return (Double(slopes) / 0x1p30, Double(curvatures) / 0x1p30)
    }
}
