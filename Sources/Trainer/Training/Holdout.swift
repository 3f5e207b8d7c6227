/// How the test rows are chosen.
package enum Holdout: Equatable, Sendable {
    /// Drawn with the seed, with the classes in the same proportions as in the table.
    case random
    /// The last rows by ``Dataset/time``.
    case time
    /// Whole groups of rows that have equal values in the column, by ``Dataset/group``.
    case group(String)
}

extension Holdout: CustomStringConvertible {
    /// The value of the setting `holdout`, with the column's name as it is.
    package var description: String {
        switch self {
        case .random: "random"
        case .time: "time"
        case .group(let column): "group:\(column)"
        }
    }
}
