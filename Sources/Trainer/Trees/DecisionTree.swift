/// A decision tree as an array of nodes.
///
/// The root is first. The two children of a node are adjacent, and come after the node.
struct DecisionTree<Leaf: Equatable & Sendable>: Equatable, Sendable {
    var nodes: [TreeNode] = []
    /// The contents of the leaves.
    ///
    /// A leaf has one or more adjacent elements; its node has the index of the first.
    var leaves: [Leaf] = []
}

/// A tree whose leaves have votes for classes.
typealias VotingTree = DecisionTree<Vote>
/// A tree whose leaves are numbers.
typealias ValueTree = DecisionTree<Double>

/// A split or a leaf, in 12 bytes.
///
/// At a split, rows with `value <= threshold` go to the node at `link`, and other rows to the node at `link + 1`. Each
/// split stores on which side rows with a missing value go.
struct TreeNode: Equatable, Sendable, BitwiseCopyable {
    private var packed: UInt32
    let threshold: Float
    /// The index of a split's left child, or of a leaf's first element in the tree's `leaves`.
    let link: UInt32

    private static let leafMark = UInt32.max
    private static let missingMark: UInt32 = 1 << 31

    /// A split by `feature`, whose left child is the node `left`.
    init(feature: Int, threshold: Float, missingGoesLeft: Bool, left: Int) {
        packed = UInt32(feature) | (missingGoesLeft ? Self.missingMark : 0)
        self.threshold = threshold
        link = UInt32(left)
    }

    /// A leaf whose first element is at the index `leaf`.
    init(leaf: Int) {
        (packed, threshold, link) = (Self.leafMark, 0, UInt32(leaf))
    }

    var isLeaf: Bool { packed == Self.leafMark }
    var feature: Int { Int(packed & ~Self.missingMark) }
    var missingGoesLeft: Bool { packed & Self.missingMark != 0 }
}
