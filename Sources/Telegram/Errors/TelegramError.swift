package import Contract

/// The ways in which a call to the Bot API fails.
///
/// Failures that the bot must handle differently have different cases.
package enum TelegramError: Error, Equatable, CustomStringConvertible {
    /// The text does not have the form of a bot token.
    case malformedToken
    /// Too many requests: send nothing to that chat for this many seconds.
    case retryAfter(seconds: Int)
    /// The group became a supergroup with this id.
    case migrated(to: ChatID)
    /// The message already has this text and these buttons, so the edit is not necessary.
    case notModified
    /// The message to edit was deleted, or Telegram does not allow edits of it any more.
    case cannotEdit(String)
    /// Telegram cannot parse the HTML of the message. This is a bug in the bot.
    case cannotParse(String)
    /// The forum topic was deleted.
    case threadNotFound
    /// The message to reply to was deleted.
    case replyNotFound
    /// Telegram does not accept the buttons of the message.
    case badButtons(String)
    /// The forum topic is closed to the bot, until people open it.
    case topicClosed(String)
    /// The chat takes no files, pictures or other media from the bot, until people allow them.
    case noFiles(String)
    /// The text is longer than a message or a caption may be. This is a bug in the bot.
    case tooLong(String)
    /// The file exceeds Telegram's size limit.
    case fileTooLarge
    /// The file to upload is missing, is not a regular file, or became shorter during the upload.
    case unreadableFile(String)
    /// The bot may not write to the chat now: it was blocked, removed or restricted, or the chat cannot be reached.
    case forbidden(String)
    /// Telegram does not accept the token.
    case unauthorized
    /// Another program polls with this token, or a webhook is set.
    case conflict(String)
    /// Telegram rejects the call for a reason that ``Refusal/table`` does not know.
    case badRequest(String)
    /// The message itself is wrong, and will be refused again. This is a bug in the bot.
    case unacceptable(String)
    /// Telegram, or a proxy, answered with this HTTP error status.
    ///
    /// The bot assumes that the call had no effect and may be repeated.
    case server(Int)
    /// No byte of the request was sent: the call may be repeated.
    case notSent(String)
    /// The request may have been sent, but no valid response came: Telegram may have executed the call.
    case outcomeUnknown(String)

    package var description: String {
        switch self {
        case .malformedToken:
            "the bot token is malformed: copy it from BotFather, it looks like 123456:ABC-def"
        case .retryAfter(let seconds): "too many requests: Telegram asks the bot to wait \(seconds) s"
        case .migrated(let chat): "the group was upgraded to the supergroup \(chat)"
        case .notModified: "the message already has this text and these buttons"
        case .cannotEdit(let reason), .badRequest(let reason), .unacceptable(let reason): reason
        case .cannotParse(let reason): "Telegram cannot parse the HTML of the message: \(reason)"
        case .threadNotFound: "the forum topic was deleted"
        case .replyNotFound: "the message to reply to was deleted"
        case .badButtons(let reason): "Telegram does not accept the buttons of the message: \(reason)"
        case .topicClosed(let reason), .noFiles(let reason): reason
        case .tooLong(let reason): "the text is longer than Telegram allows: \(reason)"
        case .fileTooLarge: "the file is larger than Telegram allows"
        case .unreadableFile(let reason): reason
        case .forbidden(let reason): reason
        case .unauthorized: "Telegram does not accept the bot token: ask BotFather for a new one"
        case .conflict(let reason): reason
        case .server(let status): "Telegram failed with status \(status)"
        case .notSent(let reason): "Telegram cannot be reached: \(reason)"
        case .outcomeUnknown(let reason): "no valid answer came from Telegram: \(reason)"
        }
    }
}
