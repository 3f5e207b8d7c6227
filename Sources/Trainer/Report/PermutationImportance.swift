/// What a feature is worth to a model: how much its score falls when the feature's values are dealt out anew.
package struct PermutationImportance: Codable, Equatable, Sendable {
    package let feature: String
    /// The mean fall of accuracy or R² over all repeats.
    package let mean: Double
    package let deviation: Double

    /// Shuffles the columns of the test rows one at a time, `repeats` times each, and asks `score` what the model is
    /// worth on them; no model learns anew.
    static func all(
        names: [String],
        columns: [[Float]],
        repeats: Int,
        seed: UInt64,
        score: ([[Float]]) throws(TrainingError) -> Double
    ) throws(TrainingError) -> [PermutationImportance] {
        let whole = try score(columns)
        var found: [PermutationImportance] = []
        for feature in names.indices {
            var falls: [Double] = []
            for turn in 0..<repeats {
                var columns = columns
                var generator = SplitMix64(seed, 0x5E44, UInt64(feature), UInt64(turn))
                for position in columns[feature].indices {
                    let other = position + generator.below(columns[feature].count - position)
                    columns[feature].swapAt(position, other)
                }
                falls.append(whole - (try score(columns)))
            }
            found.append(.init(feature: names[feature], mean: falls.mean, deviation: falls.deviation))
        }
        return found.enumerated().sorted {
            $0.element.mean == $1.element.mean ? $0.offset < $1.offset : $0.element.mean > $1.element.mean
        }.map(\.element)
    }
}
