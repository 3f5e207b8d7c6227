import Synchronization

/// Watches how large a model's file will be while its trees grow, so that nobody waits for one that no file can hold.
final class SizeBudget: Sendable {
    private let trees: Int?
    private let limit: Int
    private let grown = Atomic(0)
    private let bytes = Atomic(0)

    /// Estimates are this far off at most.
    private static let margin = 1.1

    /// For `trees`, nil where growing may stop at any time, in a file of `limit` bytes at most.
    init(trees: Int?, limit: Int) {
        (self.trees, self.limit) = (trees, limit)
    }

    /// What the whole model will take if it goes on like this, or takes already where nobody knows how it goes on.
    var estimate: Int {
        let (count, bytes) = (grown.load(ordering: .relaxed), bytes.load(ordering: .relaxed))
        return count > 0 ? bytes / count * max(trees ?? count, count) : 0
    }

    /// Notes a tree; false when the model will surely be too large.
    func note<Leaf>(_ tree: DecisionTree<Leaf>) -> Bool {
        bytes.add(ONNXSize.estimate(tree), ordering: .relaxed)
        grown.add(1, ordering: .relaxed)
        return Double(estimate) <= Self.margin * Double(limit)
    }
}
