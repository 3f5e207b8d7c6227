package import Contract

/// What a call to Telegram can come to, told apart by what is to be done about it.
package enum TelegramError: Error, Equatable, CustomStringConvertible {
    case malformedToken
    /// Wait so many seconds, with everything for that chat.
    case retryAfter(seconds: Int)
    /// The group became a supergroup with this id.
    case migrated(to: ChatID)
    /// The message reads so already: as good as done.
    case notModified
    /// The message to edit is gone or too old.
    case cannotEdit(String)
    /// Our HTML is wrong: a bug of ours.
    case cannotParse(String)
    case threadNotFound
    /// The message to answer is gone.
    case replyNotFound
    /// More text than a message, or a caption, holds: a bug of ours.
    case tooLong(String)
    /// A larger file than Telegram takes.
    case fileTooLarge
    /// The chat does not want the bot.
    case forbidden(String)
    /// The token is not (or no more) one of Telegram's.
    case unauthorized
    /// Somebody else polls with this token, or a webhook is set.
    case conflict(String)
    /// Refused for good.
    case badRequest(String)
    /// Telegram's side failed: not delivered, to be tried again.
    case server(Int)
    /// Not one byte of the request left: to be tried again.
    case neverSent(String)
    /// The request left, and no answer came: it may have been done.
    case unknownFate(String)

    package var description: String {
        switch self {
        case .malformedToken: "this is not a bot token: BotFather's look like 123456:ABC-def"
        case .retryAfter(let seconds): "Telegram asks to wait \(seconds) s"
        case .migrated(let chat): "the group became the supergroup \(chat)"
        case .notModified: "the message reads so already"
        case .cannotEdit(let reason), .badRequest(let reason): reason
        case .cannotParse(let reason): "Telegram cannot parse our text: \(reason)"
        case .threadNotFound: "the topic of the forum is gone"
        case .replyNotFound: "the message to answer is gone"
        case .tooLong(let reason): "Telegram takes no text as long as ours: \(reason)"
        case .fileTooLarge: "the file is larger than Telegram takes"
        case .forbidden(let reason): reason
        case .unauthorized: "Telegram does not know this bot token: ask BotFather for a new one"
        case .conflict(let reason): reason
        case .server(let status): "Telegram failed with status \(status)"
        case .neverSent(let reason): "Telegram cannot be reached: \(reason)"
        case .unknownFate(let reason): "Telegram did not answer: \(reason)"
        }
    }
}

extension TelegramError {
    /// Reads an answer that is not ok: status and parameters first, the description's beginning second.
    init(status: Int, description: String, retryAfter: Int?, migratedTo: ChatID?) {
        let text = description.lowercased()
        if let migratedTo {
            self = .migrated(to: migratedTo)
            return
        }
        switch status {
        case 429: self = .retryAfter(seconds: retryAfter ?? 1)
        case 404 where text.contains("method not found"): self = .badRequest(description)
        // Telegram answers so where the token in the address has never been one.
        case 401, 404: self = .unauthorized
        case 403: self = .forbidden(description)
        case 409: self = .conflict(description)
        case 413: self = .fileTooLarge
        case 500...: self = .server(status)
        case _ where text.contains("message is not modified"): self = .notModified
        case _ where text.contains("message to edit not found"): self = .cannotEdit(description)
        case _ where text.contains("message can't be edited"): self = .cannotEdit(description)
        case _ where text.contains("can't parse entities"): self = .cannotParse(description)
        case _ where text.contains("message thread not found"): self = .threadNotFound
        case _ where text.contains("message to be replied not found"): self = .replyNotFound
        case _ where text.contains("is too long") && !text.contains("token"): self = .tooLong(description)
        case _ where text.contains("file is too big"): self = .fileTooLarge
        default: self = .badRequest(description)
        }
    }
}
