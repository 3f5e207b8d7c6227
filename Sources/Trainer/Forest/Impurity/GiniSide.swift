/// The left side of a cut: the sums Σl, Σl² and Σt·l over the classes, where l are the counts of the left side, and t
/// are the counts of the node.
struct GiniSide {
    var draws = 0
    private var total = 0
    private var squares = 0
    private var cross = 0

    /// Moves rows of one class with the total weight `weight` to the left side.
    ///
    /// `count` is the weight of the class on the left side so far, and `whole` is its weight in the node.
    @inline(__always)
    mutating func move(_ weight: Int, onto count: inout Int, of whole: Int) {
        total &+= weight
        squares &+= weight &* (2 &* count &+ weight)
        cross &+= weight &* whole
        count &+= weight
    }

    /// The sum of the scores of both sides.
    ///
    /// `total` is the sum of the node's counts, and `squares` is the sum of their squares.
    @inline(__always)
    func score(total whole: Int, squares wholeSquares: Int) -> Double {
        let right = wholeSquares &- 2 &* cross &+ squares
        return Double(squares) / Double(total) + Double(right) / Double(whole &- total)
    }
}
