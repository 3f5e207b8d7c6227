/// Some trees of a forest, grown apart from the others: the same as if all had grown at once.
package struct ForestShard: Sendable {
    enum Grown: Sendable {
        case votes([GrownTree<Vote>])
        case values([GrownTree<Double>])
    }

    /// Their numbers.
    package let trees: Range<Int>
    /// Of the whole forest.
    let parameters: ForestParameters
    let seed: UInt64
    let rows: Int
    let grown: Grown
}
