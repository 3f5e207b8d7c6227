/// The predictions of a model for many rows.
package enum Predictions: Equatable, Sendable {
    /// The class index of each row, and the probability of each class: `probabilities[row * classes + class]`.
    case classes(labels: [UInt16], probabilities: [Float])
    case values([Float])
}

extension Predictions {
    /// The class with the most votes in each row, and each class's share of `total` votes.
    ///
    /// `votes[row * classes + class]` is a number of votes. Of classes with equal votes, the class with the lowest
    /// index wins.
    init(votes: Slab<UInt32>, classes: Int, total: Int) {
        let total = Float(total)
        let probabilities = (0..<votes.count).map { unsafe Float(votes.base[$0]) / total }
        self = .classes(
            labels: Self.argmax(rows: votes.count / classes, classes: classes) { unsafe votes.base[$0] },
            probabilities: probabilities
        )
    }

    /// The predictions from raw scores, `scores[row * width + score]`.
    ///
    /// A regression has one score, the value. Two classes have one score: the second class is predicted if the score is
    /// above 0, and the logistic function of the score is the probability of the second class. With more classes, each
    /// class has a score: the class with the greatest score is predicted, and the softmax of the scores gives the
    /// probabilities.
    init(scores: [Double], _ output: Model.Output) {
        guard case .classes(let classes) = output else {
            self = .values(scores.map { Float($0) })
            return
        }
        guard classes.count > 2 else {
            let ofSecond = scores.map { Float(1 / (1 + Elementary.exp(-$0))) }
            self = .classes(
                labels: scores.map { $0 > 0 ? 1 : 0 },
                probabilities: ofSecond.flatMap { [1 - $0, $0] }
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
            labels: Self.argmax(rows: count, classes: classes.count) { scores[$0] },
            probabilities: probabilities
        )
    }

    /// The class with the greatest score in each row; of classes with equal scores, the one with the lowest index.
    ///
    /// `score` maps `row * classes + class` to a score.
    static func argmax<Score: Comparable>(rows: Int, classes: Int, _ score: (Int) -> Score) -> [UInt16] {
        (0..<rows).map { row in
            let first = row * classes
            var best = 0
            for label in 1..<classes where score(first + label) > score(first + best) { best = label }
            return UInt16(best)
        }
    }
}
