import Telegram

extension ChatError {
    /// Translates an error of Telegram into a ``ChatError``, which tells the courier what to do.
    ///
    /// Returns other errors, and errors that ``TelegramSurface`` handles itself, unchanged.
    static func translating(_ error: any Error) -> any Error {
        guard let error = error as? TelegramError else { return error }
        return switch error {
        case .retryAfter(let seconds): ChatError.wait(.seconds(seconds))
        case .migrated(let chat): ChatError.moved(to: chat)
        case .forbidden(let reason): ChatError.unwelcome(reason)
        case .server, .notSent, .unauthorized, .conflict: ChatError.tryLater("\(error)")
        case .outcomeUnknown(let reason): ChatError.unknownFate(reason)
        case .topicClosed(let reason): ChatError.topicClosed(reason)
        case .noFiles(let reason): ChatError.noFiles(reason)
        case .badRequest, .cannotEdit, .badButtons, .cannotParse, .threadNotFound, .replyNotFound:
            ChatError.notNow("\(error)")
        case .unacceptable, .malformedToken: ChatError.refused("\(error)")
        case .notModified, .tooLong, .fileTooLarge, .unreadableFile: error
        }
    }
}
