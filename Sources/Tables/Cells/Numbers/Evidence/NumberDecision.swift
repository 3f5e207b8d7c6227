/// How the numbers of a column are written, as far as its texts and the other columns of the file show.
package enum NumberDecision: Equatable, Sendable {
    /// At least half of the cells are numbers in this notation. The caller judges the odd cells.
    case notation(NumberNotation, NumberCounts)
    /// Thousands and decimals cannot be told apart: `first` and `second` are two cells that show it.
    case unclear(first: String, second: String, readings: [NumberNotation])
    /// The column does not hold numbers.
    case none
}

/// How many cells and different texts of a column are numbers in a notation.
package struct NumberCounts: Equatable, Sendable {
    package struct OddText: Equatable, Sendable {
        package var text: String
        package var count: Int
    }

    /// Cells that are numbers.
    package var numbers = 0
    /// Cells that are no numbers.
    package var odd = 0
    /// Different numbers among the texts that were added, so fewer than the column has after a pass.
    package var distinctNumbers = 0
    /// Different texts that are no numbers.
    package var distinctOdd = 0
    /// The most frequent texts that are no numbers, at most ten.
    package var oddTexts: [OddText] = []

    /// The share of cells that are no numbers, 0 to 1.
    package var oddShare: Double { odd == 0 ? 0 : Double(odd) / Double(numbers + odd) }
}
