/// What the leaves of a tree answer: a share of the step that would make the loss of their rows least, to second order.
struct LeafAnswer: Sendable {
    private let target: BoostTarget
    private let outputs: Slab<Float>
    private let score: Int
    private let packing: PackedGradients
    private let rate: Double
    private let l2: Double

    /// For the tree of one score, where `outputs` are what the scores say before it.
    init(_ ground: BoostGround, outputs: Slab<Float>, score: Int) {
        target = ground.target
        (self.outputs, self.score, packing) = (outputs, score, ground.packing)
        (rate, l2) = (ground.parameters.rate, ground.parameters.l2)
    }

    /// The answer of a leaf with these rows, whose packed gradients add up to `sum` if that is known.
    func callAsFunction(_ rows: Slab<UInt32>, _ range: Range<Int>, sum: Int64?) -> Double {
        guard let sum, packing.isPrecise(sum) else {
            let (slope, curvature) = finerSums(rows, range)
            return answer(slope, curvature)
        }
        return answer(packing.slope(sum), packing.curvature(sum))
    }

    private func answer(_ slope: Double, _ curvature: Double) -> Double {
        guard curvature + l2 > 0 else { return 0 }
        let step = max(-target.loss.longestStep, min(-slope / (curvature + l2), target.loss.longestStep))
        return BoostTarget.onGrid(rate * step * target.unit, unit: target.unit)
    }

    /// Slope and curvature in whole multiples of 2^-30, for leaves where packed ones are too coarse.
    private func finerSums(_ rows: Slab<UInt32>, _ range: Range<Int>) -> (slope: Double, curvature: Double) {
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
