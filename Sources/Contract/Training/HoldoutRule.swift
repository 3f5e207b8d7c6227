/// How the test rows of a training are chosen.
package enum HoldoutRule: Equatable, Sendable {
    /// Drawn at random, with the classes in the same proportions as in the table.
    case random
    /// The last rows by the table's column of dates.
    case time
    /// Whole groups of rows that have equal values in the column.
    case group(column: String)
}

extension HoldoutRule: RawRepresentable, Codable {
    /// Parses `random`, `time`, or `group:` and the name of a column, without quotes.
    package init?(rawValue: String) {
        switch rawValue {
        case "random": self = .random
        case "time": self = .time
        default:
            guard rawValue.hasPrefix("group:"), rawValue != "group:" else { return nil }
            self = .group(column: String(rawValue.dropFirst("group:".count)))
        }
    }

    package var rawValue: String {
        switch self {
        case .random: "random"
        case .time: "time"
        case .group(let column): "group:\(column)"
        }
    }
}
