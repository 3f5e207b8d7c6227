import HTTP

/// Why a request to the bot gave no answer.
enum BotAPIError: RetryableError, Equatable, CustomStringConvertible {
    /// The bot refused the token: the job belongs to another worker, or to none.
    case refused(status: Int)
    /// The bot cannot be reached, or something else answered in its place; worth a retry.
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
        case .refused(let status): "the bot refused the worker's token with status \(status)"
        case .unavailable(let reason): "the bot cannot be reached: \(reason)"
        }
    }
}
