/// How good a forest was while it grew.
package struct LearningCurve: Codable, Equatable, Sendable {
    package struct Point: Codable, Equatable, Sendable {
        /// Of the forest's first trees, how many.
        package let trees: Int
        /// Their accuracy or R² on rows that they never saw.
        package let score: Double
    }

    private static let mostPoints = 20

    /// The last one is of the whole forest; none where every tree saw every row.
    package let points: [Point]

    static let none = LearningCurve(points: [])

    private init(points: [Point]) {
        self.points = points
    }

    /// Has `score` look at a forest of `trees` trees bit by bit: it gets the trees that are new, in order, and says how
    /// good all of them are so far.
    init(trees: Int, score: (Range<Int>) -> Double?) {
        let count = min(Self.mostPoints, trees)
        points = (0..<count).compactMap { index in
            let new = trees * index / count..<trees * (index + 1) / count
            return score(new).map { Point(trees: new.upperBound, score: $0) }
        }
    }
}
