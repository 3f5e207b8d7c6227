import Synchronization

/// Estimates the size of a model's file while its trees are grown, so that a model too large for a file fails early.
final class SizeBudget: Sendable {
    private let trees: Int?
    private let limit: Int
    private let grown = Atomic(0)
    private let bytes = Atomic(0)

    /// The factor by which the estimate may exceed the limit, because the estimate has an error of up to 10 %.
    private static let margin = 1.1

    /// `trees` is the number of trees of the model, nil if it is not known; `limit` is the largest size in bytes.
    init(trees: Int?, limit: Int) {
        (self.trees, self.limit) = (trees, limit)
    }

    /// The estimated size of the whole model, in bytes.
    ///
    /// The trees so far are extrapolated to the number of trees; if that is not known, only the trees so far count.
    var estimate: Int {
        let (count, bytes) = (grown.load(ordering: .relaxed), bytes.load(ordering: .relaxed))
        return count > 0 ? bytes / count * max(trees ?? count, count) : 0
    }

    /// Whether the model may still fit in a file.
    var hasRoom: Bool { Double(estimate) <= Self.margin * Double(limit) }

    func add<Leaf>(_ tree: DecisionTree<Leaf>) {
        bytes.add(ONNXSize.estimate(tree), ordering: .relaxed)
        grown.add(1, ordering: .relaxed)
    }
}
