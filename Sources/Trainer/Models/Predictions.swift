/// What a model says of many rows.
package enum Predictions: Equatable, Sendable {
    /// `labels` are indices of the model's classes; `probabilities` go row after row in their order.
    case classes(labels: [UInt16], probabilities: [Float])
    case values([Float])
}

extension Predictions {
    /// The classes with the most votes, the lower one of equals, and each one's share of `total`.
    init(votes: Slab<UInt32>, classes: Int, total: Int) {
        let total = Float(total)
        let probabilities = (0..<votes.count).map { unsafe Float(votes.base[$0]) / total }
        self = .classes(
            labels: Self.winners(count: votes.count / classes, classes: classes) { unsafe votes.base[$0] },
            probabilities: probabilities
        )
    }

    /// What scores mean, row after row: the value itself, or the class with the greatest one (of two classes, the second
    /// where its only score is above 0), and shares by the logistic function or softmax.
    init(scores: [Double], _ output: Model.Output) {
        guard case .classes(let classes) = output else {
            self = .values(scores.map { Float($0) })
            return
        }
        guard classes.count > 2 else {
            let shares = scores.map { Float(1 / (1 + Elementary.exp(-$0))) }
            self = .classes(
                labels: scores.map { $0 > 0 ? 1 : 0 },
                probabilities: shares.flatMap { [1 - $0, $0] }
            )
            return
        }
        var probabilities: [Float] = []
        probabilities.reserveCapacity(scores.count)
        for first in stride(from: 0, to: scores.count, by: classes.count) {
            let row = scores[first..<first + classes.count]
            let greatest = row.max() ?? 0
            let powers = row.map { Elementary.exp($0 - greatest) }
            let sum = powers.reduce(0, +)
            probabilities += powers.map { Float($0 / sum) }
        }
        let count = scores.count / classes.count
        self = .classes(
            labels: Self.winners(count: count, classes: classes.count) { scores[$0] },
            probabilities: probabilities
        )
    }

    /// The first of the greatest scores of each row.
    static func winners<Score: Comparable>(count: Int, classes: Int, _ score: (Int) -> Score) -> [UInt16] {
        (0..<count).map { row in
            let first = row * classes
            var winner = 0
            for label in 1..<classes where score(first + label) > score(first + winner) { winner = label }
            return UInt16(winner)
        }
    }
}
