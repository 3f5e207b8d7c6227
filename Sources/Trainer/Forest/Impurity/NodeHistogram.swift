/// Computes the impurity of one node at a time, and finds the best cut of the node by each feature.
protocol NodeHistogram: SendableMetatype {
    /// The type of the elements in a tree's `leaves`.
    associatedtype Leaf: Equatable & Sendable

    /// The total number of draws of the current node's rows.
    var draws: Int { get }
    /// The score of the current node without a cut.
    var score: Double { get }
    /// Whether all rows of the current node have the same target.
    var isPure: Bool { get }

    /// Sets the current node: the node with the rows at `range` of the bag.
    mutating func open(_ bag: Bag, _ range: Range<Int>)
    /// The best cut of the current node by one feature; nil if every cut has fewer than `minLeaf` draws on one side.
    mutating func bestCut(_ bag: Bag, _ range: Range<Int>, _ column: BinnedFeatures.Column, minLeaf: Int)
        -> Cut?
    /// Adds the current node as a leaf to the tree's `leaves`, and returns the index of the first element that was
    /// added.
    func appendLeaf(to tree: inout DecisionTree<Leaf>) -> Int
}

/// A set of bins, as 256 bits.
struct BinSet {
    private var words: InlineArray<4, UInt64> = [0, 0, 0, 0]

    static let all = BinSet(words: [.max, .max, .max, .max])
    static let none = BinSet(words: [0, 0, 0, 0])

    @inline(__always)
    mutating func insert(_ bin: Int) { words[bin &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: bin & 63) }

    @inline(__always)
    func contains(_ bin: Int) -> Bool { words[bin &>> 6] &>> UInt64(truncatingIfNeeded: bin & 63) & 1 == 1 }

    /// Calls `body` for each bin in the set, ascending.
    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        for index in 0..<4 {
            var word = words[index]
            while word != 0 {
                body(index &<< 6 | word.trailingZeroBitCount)
                word &= word &- 1
            }
        }
    }
}
