import Threads

/// Sums the leaves that each row reaches in many trees.
enum TreeSums {
    /// Computes `width` sums for each row of `columns`, `sums[row * width + index]`.
    ///
    /// If `earlier` is nil, the sums start from `zero`. Otherwise they are added to the sums in `earlier`.
    ///
    /// `add` receives the index of the tree, the index of the row, the first element of the leaf, and the row's sums.
    /// Threads work on blocks of rows. Each row visits the trees in their order, so threads do not change the sums.
    @inline(__always)
    static func over<Leaf, Sum: BitwiseCopyable & Sendable>(
        _ trees: [DecisionTree<Leaf>],
        _ columns: [[Float]],
        width: Int,
        zero: Sum,
        threads: Int,
        onto earlier: Slab<Sum>? = nil,
        _ add: @Sendable (_ tree: Int, _ row: Int, UnsafePointer<Leaf>, UnsafeMutablePointer<Sum>) -> Void
    ) -> Slab<Sum> {
        let rows = columns.first?.count ?? 0
        let sums = earlier ?? Slab(repeating: zero, count: rows * width)
        let nodes = trees.reduce(1) { max($0, $1.nodes.count) }
        let blockRows = TreeWalk.blockRows(features: columns.count, sums: width)
        _ = Parallel.map(
            (rows + blockRows - 1) / blockRows,
            threads: threads,
            scratch: { TreeWalk(features: columns.count, blockRows: blockRows, nodes: nodes) },
            { walk, block in
                let first = block * blockRows
                walk.load(columns, rows: first..<min(rows, first + blockRows))
                for index in trees.indices {
                    unsafe trees[index].leaves.withUnsafeBufferPointer { leaves in
                        guard let leaves = leaves.baseAddress else { return }
                        walk.forEachLeaf(of: trees[index]) { row, leaf in
                            unsafe add(
                                index,
                                first &+ row,
                                leaves + leaf,
                                sums.base + (first &+ row) &* width
                            )
                        }
                    }
                }
            }
        )
        return sums
    }

    /// The votes of all trees: `sums[row * classes + class]`.
    ///
    /// The votes of a tree for a row are added only if `counts` returns true for this tree and this row.
    static func votes(
        of trees: [VotingTree],
        _ columns: [[Float]],
        classes: Int,
        threads: Int,
        onto earlier: Slab<UInt32>? = nil,
        where counts: @Sendable (_ tree: Int, _ row: Int) -> Bool = { _, _ in true }
    ) -> Slab<UInt32> {
        unsafe over(trees, columns, width: classes, zero: UInt32(0), threads: threads, onto: earlier) {
            tree,
            row,
            leaf,
            votes in
            guard counts(tree, row) else { return }
            var vote = unsafe leaf
            while true {
                unsafe votes[vote.pointee.label] &+= vote.pointee.units
                guard unsafe !vote.pointee.isLast else { return }
                unsafe vote += 1
            }
        }
    }
}
