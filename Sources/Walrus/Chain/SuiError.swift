import HTTP

/// A query to the chain failed.
package enum SuiError: RetryableError, Equatable, CustomStringConvertible {
    case noObject(String)
    case refused(String)
    case unavailable(String, retryAfter: Duration? = nil)
    case unexpected(String)

    package var isTemporary: Bool {
        if case .unavailable = self { true } else { false }
    }

    package var retryAfter: Duration? {
        if case .unavailable(_, let pause) = self { pause } else { nil }
    }

    package var description: String {
        switch self {
        case .noObject(let address): "the chain has no object \(address)"
        case .refused(let message): "the GraphQL endpoint rejected the query: \(message)"
        case .unavailable(let reason, _): "the GraphQL endpoint is not available: \(reason)"
        case .unexpected(let answer): "the GraphQL endpoint sent an unexpected response: \(answer)"
        }
    }
}
