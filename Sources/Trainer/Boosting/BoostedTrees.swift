/// What boosting learnt: trees in rounds, a tree for each score in a round.
struct BoostedTrees: Equatable, Sendable {
    /// What each score is without any tree.
    let base: [Double]
    let trees: [ValueTree]

    /// The scores of rows, row after row: sums of whole multiples of one number, exact in any order.
    func scores(_ columns: [[Float]], threads: Int) -> [Double] {
        let width = base.count
        let sums = unsafe TreeSums.over(trees, columns, width: width, zero: 0.0, threads: threads) {
            tree,
            _,
            leaf,
            sums in
            unsafe sums[tree % width] += leaf.pointee
        }
        return sums.array.enumerated().map { index, sum in base[index % width] + sum }
    }
}
