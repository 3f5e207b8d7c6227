/// Finds the leaf of each row of a block in one tree after another.
///
/// Eight rows walk through a tree at the same time, so that their memory accesses overlap.
///
/// A block has as many rows as fit in the second-level cache together with the sums of the rows. For each tree, the
/// nodes are converted to steps. The step of a leaf leads to the leaf itself, so that a group of eight rows can step
/// until no row moves.
struct TreeWalk {
    /// A node, in 16 bytes.
    ///
    /// A row goes to `link + 1` if its value is above the threshold, otherwise to `link`.
    private struct Step: BitwiseCopyable {
        var feature: UInt32
        var threshold: Float
        var link: UInt32
        /// 1 if rows with a missing value go right, otherwise 0.
        var missingStep: UInt32
    }

    /// The number of rows that step together.
    private static let lanes = 8
    private static let blockBytes = 1 << 20

    private let features: Int
    /// `values[row * features + feature]`.
    ///
    /// Rows after the end of a short block have old values or zeros. They walk too, but their leaves are not used.
    private let values: Slab<Float>
    private let steps: Slab<Step>
    private let found: Slab<UInt32>
    private var hasMissing = false
    private var rows = 0

    /// The number of rows of a block if a row has `features` values and `sums` sums.
    static func blockRows(features: Int, sums: Int) -> Int {
        max(lanes, blockBytes / (4 * (features + 2 * sums)) / lanes * lanes)
    }

    /// Allocates memory for blocks of `blockRows` rows and trees of up to `nodes` nodes.
    init(features: Int, blockRows: Int, nodes: Int) {
        self.features = features
        values = Slab(repeating: 0, count: features * blockRows)
        steps = Slab(repeating: Step(feature: 0, threshold: 0, link: 0, missingStep: 0), count: nodes)
        found = Slab(repeating: 0, count: blockRows)
    }

    /// Copies the rows at `range` of the columns as the current block.
    mutating func load(_ columns: [[Float]], rows range: Range<Int>) {
        rows = range.count
        hasMissing = false
        for (feature, column) in columns.enumerated() {
            let column = column.span
            var sum: Float = 0
            for (offset, row) in range.enumerated() {
                let value = column[row]
                // The sum becomes NaN if any value is NaN. An infinite value also makes the sum NaN; `hasMissing` is
                // then true without need, but this costs only time.
                sum += value * 0
                unsafe values.base[offset &* features &+ feature] = value
            }
            if sum.isNaN { hasMissing = true }
        }
    }

    /// Calls `body` with each row of the block and the index of its leaf in the tree's `leaves`.
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
            // Unrolled by hand, because otherwise the compiler does not keep the lanes in registers.
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

    /// Moves one row to its next node; returns 0 if the row stays at a leaf.
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
