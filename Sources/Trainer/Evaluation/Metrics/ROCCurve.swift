import Threads

/// The area under the ROC curve.
enum ROCCurve {
    /// Why the area is not computed.
    enum Omission: Error, CustomStringConvertible {
        case noRow(of: String)
        case tooManyClasses(Int)

        var description: String {
            switch self {
            case .noRow(let label): "no test row has the class \"\(label)\""
            case .tooManyClasses(let count):
                "\(count) classes are more than the limit of \(ROCCurve.maxClasses)"
            }
        }
    }

    private static let maxClasses = 200

    /// For two classes, the area with the second class as the positive class.
    ///
    /// For more classes, the unweighted mean of the areas of each class against all other classes.
    static func area(
        truth: [UInt16],
        probabilities: [Float],
        classes: [String],
        threads: Int
    ) -> Result<Double, Omission> {
        guard classes.count <= maxClasses else { return .failure(.tooManyClasses(classes.count)) }
        let occurring = Set(truth)
        for (label, name) in classes.enumerated() where !occurring.contains(UInt16(label)) {
            return .failure(.noRow(of: name))
        }
        let positive = classes.count == 2 ? 1..<2 : 0..<classes.count
        let areas = Parallel.map(positive.count, threads: threads, scratch: {}) { _, index in
            let label = positive.lowerBound + index
            let scores = truth.indices.map { probabilities[$0 * classes.count + label] }
            return area(scores: scores, isPositive: truth.map { $0 == UInt16(label) })
        }
        return .success((areas ?? []).reduce(0, +) / Double(positive.count))
    }

    /// The share of pairs of a positive and a negative row in which the positive row has the greater score.
    ///
    /// A tie counts as half a pair. This is the Mann-Whitney statistic, computed with midranks.
    static func area(scores: [Float], isPositive: [Bool]) -> Double {
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        var (position, rankSum) = (0, 0.0)
        while position < order.count {
            var end = position
            while end < order.count, scores[order[end]] == scores[order[position]] { end += 1 }
            // The mean of the ranks position + 1 … end; ranks start at 1.
            let midrank = Double(position + 1 + end) / 2
            rankSum += midrank * Double((position..<end).count { isPositive[order[$0]] })
            position = end
        }
        let positives = Double(isPositive.count { $0 })
        let negatives = Double(isPositive.count) - positives
        return (rankSum - positives * (positives + 1) / 2) / (positives * negatives)
    }
}
