/// The out-of-bag score of a forest by its number of trees.
package struct LearningCurve: Codable, Equatable, Sendable {
    package struct Point: Codable, Equatable, Sendable {
        /// The number of trees, counted from the forest's first tree.
        package let trees: Int
        /// The out-of-bag accuracy or R² of these trees.
        package let score: Double
    }

    private static let maxPoints = 20

    /// At most 20 points; the last point is the whole forest.
    ///
    /// Empty if no row is out of bag.
    package let points: [Point]

    static let none = LearningCurve(points: [])

    private init(points: [Point]) {
        self.points = points
    }

    /// The curve of a forest with `trees` trees.
    ///
    /// `score` is called with the numbers of the next trees. It returns the score of all trees up to the last of these,
    /// or nil if no row is out of bag.
    init(trees: Int, score: (Range<Int>) -> Double?) {
        let count = min(Self.maxPoints, trees)
        points = (0..<count).compactMap { index in
            let new = trees * index / count..<trees * (index + 1) / count
            return score(new).map { Point(trees: new.upperBound, score: $0) }
        }
    }
}
