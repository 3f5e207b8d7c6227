/// The number of features, drawn at random, from which a forest's node or a whole tree of boosting chooses its splits.
package enum FeatureLimit: Equatable, Sendable {
    case all
    /// The square root of the number of features.
    case sqrt
    /// The logarithm to base 2 of the number of features.
    case log2
    /// A share of the features, above 0 and up to 1.
    case share(Double)
    /// A number of features, at least 1.
    case count(Int)
}

extension FeatureLimit: RawRepresentable, Codable {
    /// Parses the value of a setting, such as `all`, `sqrt`, `log2`, `0.3` or `12`.
    package init?(rawValue: String) {
        switch rawValue {
        case "all": self = .all
        case "sqrt": self = .sqrt
        case "log2": self = .log2
        default:
            if let count = Int(rawValue), count > 0 {
                self = .count(count)
            } else if let share = Double(rawValue), share > 0, share <= 1 {
                self = .share(share)
            } else {
                return nil
            }
        }
    }

    package var rawValue: String {
        switch self {
        case .all: "all"
        case .sqrt: "sqrt"
        case .log2: "log2"
        case .share(let share): "\(share)"
        case .count(let count): "\(count)"
        }
    }
}
