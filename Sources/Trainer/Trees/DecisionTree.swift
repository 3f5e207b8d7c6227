/// One tree: nodes by index, the root first, children side by side behind their parent.
struct DecisionTree<Leaf: Equatable & Sendable>: Equatable, Sendable {
    var nodes: [TreeNode] = []
    /// What leaves say, from where their node points.
    var leaves: [Leaf] = []

    /// The leaf that a row falls into; `value` gives the row's features.
    func leaf(_ value: (Int) -> Float) -> Int {
        var node = nodes[0]
        while !node.isLeaf { node = nodes[node.child(for: value(node.feature))] }
        return Int(node.link)
    }
}

/// A tree whose leaves share out votes among classes.
typealias VotingTree = DecisionTree<Vote>
/// A tree whose leaves hold a number.
typealias ValueTree = DecisionTree<Double>

/// A split or a leaf, 12 bytes.
///
/// A split sends rows with `value <= threshold` to the node at `link` and others to the one after it; rows without a
/// value go where it says.
struct TreeNode: Equatable, Sendable, BitwiseCopyable {
    private var packed: UInt32
    let threshold: Float
    /// Of a split: its left child; of a leaf: the first of what it says.
    let link: UInt32

    private static let leafMark = UInt32.max
    private static let missingMark: UInt32 = 1 << 31

    /// A split of `feature`.
    init(feature: Int, threshold: Float, missingGoesLeft: Bool, left: Int) {
        packed = UInt32(feature) | (missingGoesLeft ? Self.missingMark : 0)
        self.threshold = threshold
        link = UInt32(left)
    }

    /// A leaf.
    init(leaf: Int) {
        (packed, threshold, link) = (Self.leafMark, 0, UInt32(leaf))
    }

    var isLeaf: Bool { packed == Self.leafMark }
    var feature: Int { Int(packed & ~Self.missingMark) }
    var missingGoesLeft: Bool { packed & Self.missingMark != 0 }

    func child(for value: Float) -> Int {
        let goesLeft = value.isNaN ? missingGoesLeft : value <= threshold
        return Int(link) + (goesLeft ? 0 : 1)
    }
}
