import Synchronization

/// Estimates the size of a model's file while trees are grown, so that training stops early if the file would be too
/// large.
final class SizeBudget: Sendable {
    private let trees: Int?
    private let limit: Int
    private let grown = Atomic(0)
    private let bytes = Atomic(0)

    /// The factor by which the estimate may exceed the limit, because the estimate has an error of up to 10 %.
    private static let margin = 1.1

    /// `trees` is the number of trees of the whole model, or nil if unknown; `limit` is the largest file size in bytes.
    init(trees: Int?, limit: Int) {
        (self.trees, self.limit) = (trees, limit)
    }

    /// The estimated size of the whole model, in bytes.
    ///
    /// The estimate is the mean size of the trees so far times the number of trees of the whole model. If that number
    /// is unknown, the estimate is the size of the trees so far.
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
