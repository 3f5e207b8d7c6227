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
