import Synchronization

/// Watches how large a forest's file will be while it grows, so that nobody waits for a model that no file can hold.
final class SizeBudget: Sendable {
    private let trees: Int
    private let limit: Int
    private let grown = Atomic(0)
    private let bytes = Atomic(0)

    /// Estimates are this far off at most.
    private static let margin = 1.1

    /// For a forest of `trees`, whose file may take `limit` bytes.
    init(trees: Int, limit: Int) {
        (self.trees, self.limit) = (trees, limit)
    }

    /// What the whole forest will take if it goes on like this; nil before the first tree.
    var estimate: Int? {
        let count = grown.load(ordering: .relaxed)
        return count > 0 ? bytes.load(ordering: .relaxed) / count * trees : nil
    }

    /// Notes a tree; false when the forest will surely be too large.
    func note<Leaf>(_ tree: DecisionTree<Leaf>) -> Bool {
        bytes.add(ONNXSize.estimate(tree), ordering: .relaxed)
        grown.add(1, ordering: .relaxed)
        return Double(estimate ?? 0) <= Self.margin * Double(limit)
    }
}
