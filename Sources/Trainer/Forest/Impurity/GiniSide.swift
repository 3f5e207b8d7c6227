/// The sums of the left side of a cut: Σl, Σl² and Σt·l over the classes, where t are the node's counts and l the side's.
struct GiniSide {
    var draws = 0
    private var total = 0
    private var squares = 0
    private var cross = 0

    /// Moves `weight` rows of a class to the left side, which has `count` of the node's `whole` rows so far.
    @inline(__always)
    mutating func move(_ weight: Int, onto count: inout Int, of whole: Int) {
        total &+= weight
        squares &+= weight &* (2 &* count &+ weight)
        cross &+= weight &* whole
        count &+= weight
    }

    /// The sum of the scores of both sides, in a node with `total` rows whose counts have the sum of squares `squares`.
    @inline(__always)
    func score(total whole: Int, squares wholeSquares: Int) -> Double {
        let right = wholeSquares &- 2 &* cross &+ squares
        return Double(squares) / Double(total) + Double(right) / Double(whole &- total)
    }
}
