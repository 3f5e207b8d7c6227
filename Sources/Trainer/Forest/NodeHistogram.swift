/// What a tree grower asks of the statistics that it splits by.
protocol NodeHistogram: SendableMetatype {
    /// What a leaf says.
    associatedtype Leaf: Equatable & Sendable

    /// How often rows of the node that was opened were drawn, together.
    var draws: Int { get }
    /// What the node scores without a cut.
    var score: Double { get }
    /// Whether its rows are all alike.
    var isPure: Bool { get }

    /// Turns to the node that owns `range` of the bag.
    mutating func open(_ bag: Bag, _ range: Range<Int>)
    /// The best cut of the node by one feature; nil where there is none that leaves `minLeaf` draws on either side.
    mutating func bestCut(_ bag: Bag, _ range: Range<Int>, _ column: BinnedFeatures.Column, minLeaf: Int)
        -> Cut?
    /// Adds what the node says as a leaf, and returns where it begins.
    func appendLeaf(to tree: inout DecisionTree<Leaf>) -> Int
}

/// Which of 256 bins have rows: small nodes touch few.
struct BinSet {
    private var words: InlineArray<4, UInt64> = [0, 0, 0, 0]

    static let all = BinSet(words: [.max, .max, .max, .max])
    static let none = BinSet(words: [0, 0, 0, 0])

    @inline(__always)
    mutating func insert(_ bin: Int) { words[bin &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: bin & 63) }

    @inline(__always)
    func contains(_ bin: Int) -> Bool { words[bin &>> 6] &>> UInt64(truncatingIfNeeded: bin & 63) & 1 == 1 }

    /// Calls `body` for each bin, ascending.
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
