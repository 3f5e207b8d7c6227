import HTTP

/// Why the chain could not be asked.
package enum SuiError: RetryableError, Equatable, CustomStringConvertible {
    case noObject(String)
    case refused(String)
    case away(String)
    case unexpected(String)

    package var isTemporary: Bool {
        if case .away = self { true } else { false }
    }

    package var retryAfter: Duration? { nil }

    package var description: String {
        switch self {
        case .noObject(let address): "there is no object \(address)"
        case .refused(let message): "the GraphQL endpoint refused: \(message)"
        case .away(let reason): "the GraphQL endpoint cannot be reached: \(reason)"
        case .unexpected(let what): "the GraphQL endpoint answered something that it should not: \(what)"
        }
    }
}
