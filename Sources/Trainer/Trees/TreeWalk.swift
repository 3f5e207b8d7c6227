/// Walks a block of rows through tree after tree, eight rows at a time, so that their memory reads overlap.
///
/// A block is as many rows as fit the second-level cache together with their sums; within it, each tree is laid out
/// once as nodes in which leaves lead to themselves, and a group of rows steps until none of them moves.
struct TreeWalk {
    /// A node to step through: `link + 1` where the value is above the threshold, else `link`; 16 bytes.
    private struct Step: BitwiseCopyable {
        var feature: UInt32
        var threshold: Float
        var link: UInt32
        /// 1 where rows without a value go right.
        var missingStep: UInt32
    }

    private static let lanes = 8
    private static let blockBytes = 1 << 20

    private let features: Int
    /// Row after row, each `features` long; rows beyond the block's end are zero.
    private let values: Slab<Float>
    private let steps: Slab<Step>
    private let found: Slab<UInt32>
    private var hasMissing = false
    private var rows = 0

    /// How many rows go into a block where each has `features` values and `sums` results.
    static func blockRows(features: Int, sums: Int) -> Int {
        max(lanes, blockBytes / (4 * (features + 2 * sums)) / lanes * lanes)
    }

    /// Room for blocks of `blockRows` rows and trees of up to `nodes` nodes.
    init(features: Int, blockRows: Int, nodes: Int) {
        self.features = features
        values = Slab(repeating: 0, count: features * blockRows)
        steps = Slab(repeating: Step(feature: 0, threshold: 0, link: 0, missingStep: 0), count: nodes)
        found = Slab(repeating: 0, count: blockRows)
    }

    /// Takes up the rows at `range` of the columns, which `rows` maps to places in them.
    mutating func load(_ columns: [[Float]], rows range: Range<Int>) {
        rows = range.count
        hasMissing = false
        for (feature, column) in columns.enumerated() {
            let column = column.span
            var sum: Float = 0
            for (offset, row) in range.enumerated() {
                let value = column[row]
                // NaN where any value is.
                sum += value * 0
                unsafe values.base[offset &* features &+ feature] = value
            }
            if sum.isNaN { hasMissing = true }
        }
    }

    /// Calls `body` with each row of the block and where the leaf that it falls into begins in the tree's leaves.
    @inline(__always)
    func forEachLeaf<Leaf>(of tree: DecisionTree<Leaf>, _ body: (_ row: Int, _ leaf: Int) -> Void) {
        layOut(tree.nodes)
        if hasMissing { walk(hasMissing: true) } else { walk(hasMissing: false) }
        let nodes = tree.nodes.span
        for row in 0..<rows {
            let node = unsafe nodes[unchecked: Int(found.base[row])]
            body(row, Int(node.link))
        }
    }

    private func layOut(_ nodes: [TreeNode]) {
        for (index, node) in nodes.enumerated() {
            let step =
                node.isLeaf
                ? Step(feature: 0, threshold: .infinity, link: UInt32(index), missingStep: 0)
                : Step(
                    feature: UInt32(node.feature),
                    threshold: node.threshold,
                    link: node.link,
                    missingStep: node.missingGoesLeft ? 0 : 1
                )
            unsafe steps.base[index] = step
        }
    }

    @inline(__always)
    private func walk(hasMissing: Bool) {
        var first = 0
        while first < rows {
            let row = unsafe values.base + first &* features
            // Written out, because compilers keep lanes in registers only then.
            var (a, b, c, d) = (UInt32(0), UInt32(0), UInt32(0), UInt32(0))
            var (e, f, g, h) = (UInt32(0), UInt32(0), UInt32(0), UInt32(0))
            var moved = true
            while moved {
                var changes = unsafe advance(&a, row, hasMissing)
                changes |= unsafe advance(&b, row + features, hasMissing)
                changes |= unsafe advance(&c, row + 2 &* features, hasMissing)
                changes |= unsafe advance(&d, row + 3 &* features, hasMissing)
                changes |= unsafe advance(&e, row + 4 &* features, hasMissing)
                changes |= unsafe advance(&f, row + 5 &* features, hasMissing)
                changes |= unsafe advance(&g, row + 6 &* features, hasMissing)
                changes |= unsafe advance(&h, row + 7 &* features, hasMissing)
                moved = changes != 0
            }
            let found = unsafe found.base + first
            unsafe (found[0], found[1], found[2], found[3]) = (a, b, c, d)
            unsafe (found[4], found[5], found[6], found[7]) = (e, f, g, h)
            first &+= Self.lanes
        }
    }

    /// Takes one row one node further; zero where it is at its leaf.
    @inline(__always)
    private func advance(_ place: inout UInt32, _ row: UnsafePointer<Float>, _ hasMissing: Bool) -> UInt32 {
        let step = unsafe steps.base[Int(place)]
        let value = unsafe row[Int(step.feature)]
        var next = step.link &+ (value > step.threshold ? 1 : 0)
        if hasMissing { next &+= value.isNaN ? step.missingStep : 0 }
        defer { place = next }
        return next ^ place
    }
}
