/// Finds the word that a person meant by a misspelled one.
package enum Misspelling {
    /// The word of `words` that differs least from `word`; nil if every word differs in too many letters.
    ///
    /// A letter that is missing, surplus or wrong counts as one difference, and so do two letters in the wrong order. A
    /// short word may have one difference, a word of five letters or more two. The case of letters does not count.
    package static func correction(of word: String, among words: [String]) -> String? {
        let misspelled = Array(word.lowercased())
        let most = misspelled.count < 5 ? 1 : 2
        guard (2...longest).contains(misspelled.count) else { return nil }
        let distances = words.map { (word: $0, distance: distance(misspelled, Array($0.lowercased()))) }
        return distances.filter { $0.distance <= most }.min { $0.distance < $1.distance }?.word
    }

    /// Longer words are no misspelled commands or settings.
    private static let longest = 40

    /// The number of differences: the optimal string alignment distance.
    private static func distance(_ first: [Character], _ second: [Character]) -> Int {
        var before: [Int] = []
        var above = Array(0...second.count)
        for (row, letter) in first.enumerated() {
            var current = [row + 1]
            for (column, other) in second.enumerated() {
                var least = min(above[column + 1] + 1, current[column] + 1)
                least = min(least, above[column] + (letter == other ? 0 : 1))
                let isSwap =
                    row > 0 && column > 0 && letter == second[column - 1] && first[row - 1] == other
                if isSwap { least = min(least, before[column - 1] + 1) }
                current.append(least)
            }
            (before, above) = (above, current)
        }
        return above[second.count]
    }
}
