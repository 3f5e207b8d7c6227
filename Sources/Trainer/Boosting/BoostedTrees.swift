/// The trees of a boosted model, in rounds of one tree per score.
struct BoostedTrees: Equatable, Sendable {
    /// The initial value of each score.
    let base: [Double]
    /// `trees[round * base.count + score]`.
    let trees: [ValueTree]

    /// The scores of all rows of `columns`: `scores[row * base.count + score]`.
    ///
    /// All terms are integer multiples of the same number, so the sums are exact in any order.
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
