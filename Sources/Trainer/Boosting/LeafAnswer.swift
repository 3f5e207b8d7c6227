/// What the leaves of a tree answer: a share of the step that would make the loss of their rows least, to second order.
struct LeafAnswer: Sendable {
    private let target: BoostTarget
    private let outputs: Slab<Float>
    private let score: Int
    private let rate: Double
    private let l2: Double

    /// For the tree of one score, where `outputs` are what the scores say before it.
    init(_ ground: BoostGround, outputs: Slab<Float>, score: Int) {
        target = ground.target
        (self.outputs, self.score) = (outputs, score)
        (rate, l2) = (ground.parameters.rate, ground.parameters.l2)
    }

    /// The answer of a leaf with these rows.
    ///
    /// Sums are made anew, of finer whole numbers than those that cuts are found with.
    func callAsFunction(_ rows: Slab<UInt32>, _ range: Range<Int>) -> Double {
        var (slopes, curvatures): (Int64, Int64) = (0, 0)
        for index in range {
            let row = unsafe Int(rows.base[index])
            let gradient = unsafe target.gradient(row, score: score, outputs: outputs.base)
            slopes &+= Int64(Double(gradient.slope) * 0x1p30)
            curvatures &+= Int64(Double(gradient.curvature) * 0x1p30)
        }
        let curvature = Double(curvatures) / 0x1p30 + l2
        guard curvature > 0 else { return 0 }
        let step = -rate * (Double(slopes) / 0x1p30) / curvature
        return BoostTarget.onGrid(step * target.unit, unit: target.unit)
    }
}
