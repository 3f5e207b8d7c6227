/// The permutation importance of a feature: the drop of the model's score when the values of the feature are shuffled.
package struct PermutationImportance: Codable, Equatable, Sendable {
    package let feature: String
    /// The mean drop of accuracy or R² over all repeats.
    package let mean: Double
    /// The standard deviation of the drop over all repeats.
    package let deviation: Double

    /// The importance of all features; the most important feature is first.
    ///
    /// Each column is shuffled `repeats` times. `score` returns the score of the model on the changed columns. The
    /// model is not trained again.
    static func all(
        names: [String],
        columns: [[Float]],
        repeats: Int,
        seed: UInt64,
        score: ([[Float]]) throws(TrainingError) -> Double
    ) throws(TrainingError) -> [PermutationImportance] {
        let unshuffled = try score(columns)
        var found: [PermutationImportance] = []
        for feature in names.indices {
            var drops: [Double] = []
            for turn in 0..<repeats {
                var columns = columns
                var generator = SplitMix64(seed, 0x5E44, UInt64(feature), UInt64(turn))
                for position in columns[feature].indices {
                    let other = position + generator.below(columns[feature].count - position)
                    columns[feature].swapAt(position, other)
                }
                drops.append(unshuffled - (try score(columns)))
            }
            found.append(.init(feature: names[feature], mean: drops.mean, deviation: drops.deviation))
        }
        return found.enumerated().sorted {
            $0.element.mean == $1.element.mean ? $0.offset < $1.offset : $0.element.mean > $1.element.mean
        }.map(\.element)
    }
}
