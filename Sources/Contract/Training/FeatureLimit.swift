/// How many features, drawn at random, a node or a tree may look at.
package enum FeatureLimit: Equatable, Sendable {
    case all
    /// The square root of their number.
    case sqrt
    /// The logarithm of their number to base 2.
    case log2
    /// A share of them, above 0 and up to 1.
    case share(Double)
    /// So many, from 1.
    case count(Int)
}

extension FeatureLimit: RawRepresentable, Codable {
    /// As a command says it: `all`, `sqrt`, `log2`, `0.3` or `12`.
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
