/// How every row scores so far, and what that makes a model say of it.
final class BoostScores: Sendable {
    private let target: BoostTarget
    private let rows: Int
    private let crew: Crew
    /// Row after row, in the model's own unit; where values are predicted, from the base.
    private let scores: Slab<Double>
    /// Probabilities, or scores in units, as they were when the round began.
    let outputs: Slab<Float>

    init(_ target: BoostTarget, rows: Int, crew: Crew) {
        (self.target, self.rows, self.crew) = (target, rows, crew)
        let width = target.loss.scores
        scores = Slab(repeating: 0, count: rows * width)
        // Room for the last group of four.
        outputs = Slab(repeating: 0, count: rows * width + 4)
        guard target.loss != .squared else { return }
        for index in 0..<rows * width { unsafe scores.base[index] = target.base[index % width] }
    }

    /// Turns scores into outputs.
    func refresh() {
        crew.ranges(rows, atLeast: 4_096) { [self] range in
            switch target.loss {
            case .logistic: refreshLogistic(range)
            case .softmax(let classes): refreshSoftmax(range, classes)
            case .squared:
                let unit = target.unit
                for row in range { unsafe outputs.base[row] = Float(scores.base[row] / unit) }
            }
        }
    }

    /// 1 / (1 + e^-s), four rows at a time.
    private func refreshLogistic(_ range: Range<Int>) {
        let (scores, outputs) = unsafe (scores.base, outputs.base)
        for row in stride(from: range.lowerBound, to: range.upperBound &- 3, by: 4) {
            let score = unsafe SIMD4<Double>(
                scores[row],
                scores[row &+ 1],
                scores[row &+ 2],
                scores[row &+ 3]
            )
            let share = 1 / (1 + Elementary.exp(-SIMD4<Float>(score)))
            for lane in 0..<4 { unsafe outputs[row &+ lane] = share[lane] }
        }
        for row in range.suffix(range.count % 4) {
            let score = unsafe SIMD4<Float>(repeating: Float(scores[row]))
            unsafe outputs[row] = (1 / (1 + Elementary.exp(-score)))[0]
        }
    }

    /// e^s over their sum, the greatest score taken away from all, so that nothing overflows.
    private func refreshSoftmax(_ range: Range<Int>, _ classes: Int) {
        var shares = [Float](repeating: 0, count: classes + 3)
        for row in range {
            let scores = unsafe scores.base + row * classes
            let outputs = unsafe outputs.base + row * classes
            var greatest = -Double.infinity
            for label in 0..<classes { greatest = unsafe max(greatest, scores[label]) }
            var sum: Float = 0
            for first in stride(from: 0, to: classes, by: 4) {
                var score = SIMD4<Float>.zero
                for lane in 0..<min(4, classes - first) {
                    score[lane] = unsafe Float(scores[first + lane] - greatest)
                }
                let power = Elementary.exp(score)
                for lane in 0..<min(4, classes - first) {
                    shares[first + lane] = power[lane]
                    sum += power[lane]
                }
            }
            for label in 0..<classes { unsafe outputs[label] = shares[label] / sum }
        }
    }

    /// Adds what a tree answers to the score number `score` of rows.
    func add(_ tree: BinnedTree, score: Int, order: RowOrder, others: [UInt32], _ features: BinnedFeatures) {
        let width = target.loss.scores
        let pieces = zip(tree.ranges, tree.tree.leaves).flatMap { range, answer in
            stride(from: range.lowerBound, to: range.upperBound, by: Self.piece).map {
                (range: $0..<min($0 + Self.piece, range.upperBound), answer: answer)
            }
        }
        crew.ranges(pieces.count) { [self] share in
            for (range, answer) in pieces[share] {
                for index in range {
                    unsafe self.scores.base[Int(order.rows.base[index]) &* width &+ score] += answer
                }
            }
        }
        crew.ranges(others.count, atLeast: Self.piece) { [self] share in
            for row in others[share] {
                unsafe self.scores.base[Int(row) &* width &+ score] += tree.answer(Int(row), features)
            }
        }
    }

    private static let piece = 8_192

    /// The mean loss over `rows` as of the last refresh.
    func loss(_ rows: [UInt32]) -> Double {
        rows.reduce(0) { $0 + target.loss(Int($1), outputs) } / Double(max(rows.count, 1))
    }
}
