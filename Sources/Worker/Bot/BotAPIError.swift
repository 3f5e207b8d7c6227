import HTTP

/// Why a request to the bot gave no answer.
enum BotAPIError: RetryableError, Equatable, CustomStringConvertible {
    /// The bot refused this worker and gave the reason, for example that the token is not valid or the worker too old.
    case refused(String)
    /// The bot cannot be reached, or another server answered instead; a later attempt may succeed.
    case unavailable(String)

    var isTemporary: Bool {
        switch self {
        case .refused: false
        case .unavailable: true
        }
    }

    var retryAfter: Duration? { nil }

    var description: String {
        switch self {
        case .refused(let reason): "the bot refused this worker: \(reason)"
        case .unavailable(let reason): "the bot cannot be reached: \(reason)"
        }
    }
}
