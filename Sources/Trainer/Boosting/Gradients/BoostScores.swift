/// The current scores of all training rows, and the predictions that are computed from the scores.
final class BoostScores: Sendable {
    private let target: BoostTarget
    private let rows: Int
    private let threads: ThreadTeam
    /// The sums of leaf values, `scores[row * width + score]`.
    ///
    /// In a classification, ``BoostTarget/base`` is included; in a regression, it is not.
    private let scores: Slab<Double>
    /// The predictions at the start of the round, `outputs[row * width + score]`.
    ///
    /// In a classification, they are probabilities. In a regression, they are (prediction - base) / unit, with the base
    /// and unit of ``BoostTarget``.
    let outputs: Slab<Float>

    init(_ target: BoostTarget, rows: Int, threads: ThreadTeam) {
        (self.target, self.rows, self.threads) = (target, rows, threads)
        let width = target.loss.scores
        scores = Slab(repeating: 0, count: rows * width)
        // Padding for kernels that work on groups of four.
        outputs = Slab(repeating: 0, count: rows * width + 4)
        guard target.loss != .squared else { return }
        for index in 0..<rows * width { unsafe scores.base[index] = target.base[index % width] }
    }

    /// Computes the outputs from the current scores.
    func refresh() {
        threads.ranges(rows, atLeast: 4_096) { [self] range in
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

    /// Computes the softmax.
    ///
    /// The greatest score is subtracted first, so that exp cannot overflow.
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

    /// Adds the values of a tree's leaves to the score `score` of all rows.
    ///
    /// `order` has the rows that the tree was grown on, ordered by leaf. For each row of `others`, the leaf is looked
    /// up in the tree.
    func add(_ tree: BinnedTree, score: Int, order: RowOrder, others: [UInt32], _ features: BinnedFeatures) {
        let width = target.loss.scores
        let pieces = zip(tree.ranges, tree.tree.leaves).flatMap { range, value in
            stride(from: range.lowerBound, to: range.upperBound, by: Self.piece).map {
                (range: $0..<min($0 + Self.piece, range.upperBound), value: value)
            }
        }
        threads.ranges(pieces.count) { [self] share in
            for (range, value) in pieces[share] {
                for index in range {
                    unsafe self.scores.base[Int(order.rows.base[index]) &* width &+ score] += value
                }
            }
        }
        threads.ranges(others.count, atLeast: Self.piece) { [self] share in
            for row in others[share] {
                unsafe self.scores.base[Int(row) &* width &+ score] += tree.value(Int(row), features)
            }
        }
    }

    /// The number of rows that a thread handles at a time.
    private static let piece = 8_192

    /// The mean loss over `rows` by their weights, with the outputs of the last refresh.
    func loss(_ rows: [UInt32]) -> Double {
        guard !target.isWeighted else {
            let sum = rows.reduce(0) { $0 + target.weight(Int($1)) * target.loss(Int($1), outputs) }
            return sum / max(rows.reduce(0) { $0 + target.weight(Int($1)) }, .leastNormalMagnitude)
        }
        return rows.reduce(0) { $0 + target.loss(Int($1), outputs) } / Double(max(rows.count, 1))
    }
}
