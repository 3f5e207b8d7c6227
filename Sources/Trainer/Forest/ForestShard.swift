/// Some trees of a forest, grown separately from the other trees.
///
/// Each tree is the same as if all were grown together.
package struct ForestShard: Sendable {
    enum Grown: Sendable {
        case votes([GrownTree<Vote>])
        case values([GrownTree<Double>])
    }

    /// The numbers of the trees in the whole forest.
    package let trees: Range<Int>
    /// The parameters of the whole forest.
    let parameters: ForestParameters
    let seed: UInt64
    /// The number of training rows.
    let rows: Int
    let grown: Grown
}
