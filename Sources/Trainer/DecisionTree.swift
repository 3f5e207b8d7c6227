/// One tree: nodes by index, the root first.
struct DecisionTree: Equatable, Sendable {
    /// A split sends rows with `value <= threshold` to `left`; a leaf has no feature, and votes from `left` on, `right`
    /// of them.
    struct Node: Equatable, Sendable {
        var feature: Int32
        var threshold: Float
        var left: Int32
        var right: Int32

        var isLeaf: Bool { feature < 0 }
    }

    /// How many of a leaf's units go to a class.
    struct Vote: Equatable, Sendable {
        var label: UInt16
        var units: UInt32
    }

    var nodes: [Node] = []
    var votes: [Vote] = []

    /// The votes of the leaf that a row falls into; `value` gives the row's features.
    func votes(_ value: (Int) -> Float) -> ArraySlice<Vote> {
        var node = nodes[0]
        while !node.isLeaf {
            node = nodes[Int(value(Int(node.feature)) <= node.threshold ? node.left : node.right)]
        }
        return votes[Int(node.left)..<Int(node.left + node.right)]
    }

    func votes(ofLeaf node: Node) -> ArraySlice<Vote> {
        votes[Int(node.left)..<Int(node.left + node.right)]
    }
}

/// How leaves vote: each hands out the same number of units, whole ones, so that sums are exact in any order.
enum VoteUnits {
    /// Units per leaf for a forest of `trees`: their sum over all trees fits the 24 bits of a 32-bit float's mantissa.
    static func perLeaf(trees: Int) -> Int {
        guard trees > 256 else { return 65_536 }
        let bits = Int.bitWidth - (trees - 1).leadingZeroBitCount
        return 1 << (24 - bits)
    }

    /// Shares `units` in the proportion of `counts` by largest remainder; ties go to the lower class.
    static func share(_ units: Int, by counts: [Int]) -> [Int] {
        let total = counts.reduce(0, +)
        var shares = counts.map { $0 * units / total }
        let missing = units - shares.reduce(0, +)
        let byRemainder = counts.indices.sorted {
            let (left, right) = (counts[$0] * units % total, counts[$1] * units % total)
            return left == right ? $0 < $1 : left > right
        }
        for index in byRemainder.prefix(missing) { shares[index] += 1 }
        return shares
    }
}
