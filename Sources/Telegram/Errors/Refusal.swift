/// What an error text of the Bot API means for the message that was refused.
///
/// ``table`` is the one place that says so; nothing else in the bot looks at these texts.
enum Refusal: Equatable, Sendable {
    /// The message already shows this: a success.
    case notModified
    /// The message to edit is gone: send a new one.
    case cannotEdit
    /// Send the text without its styles.
    case cannotParse
    /// Send without the buttons.
    case badButtons
    /// Send without the reply.
    case replyNotFound
    /// Send without the forum topic, which was deleted.
    case threadNotFound
    /// The forum topic takes no messages now. Send to General, or mute the topic.
    case topicClosed
    /// The chat takes no files or pictures now. Send the text, or keep the message.
    case noFiles
    /// Send the text as a file.
    case tooLong
    /// Say that the file is too large.
    case fileTooLarge
    /// The chat takes no messages now: mute it, and keep its messages.
    case chatClosed
    /// Wait for as many seconds as the text names at its end.
    case wait
    /// The message can never be sent: it fails.
    case final

    /// One row of the table: what texts that contain `phrase` mean.
    struct Row: Sendable {
        /// In lower case.
        let phrase: String
        let meaning: Refusal
        let source: Source
    }

    /// Where the phrase is documented or was seen.
    enum Source: String, Sendable {
        /// The server of the Bot API: tdlib/telegram-bot-api, `Client.cpp`.
        case server = "tdlib/telegram-bot-api"
        /// The client library in that server: tdlib/td.
        case library = "tdlib/td"
        /// Telegram's own API, whose errors the server passes on: core.telegram.org/api/errors.
        case telegram = "core.telegram.org/api/errors"
        /// Answers that people collected: github.com/TelegramBotAPI/errors.
        case collection = "TelegramBotAPI/errors"
        /// Reports of other bots.
        case reports = "issues of bots"
    }

    /// The meaning of a text of status 400 or 403; nil for a text that the table does not have.
    ///
    /// The server gives errors of Telegram's own API that came with 403 the status 400 (`fail_query_with_error` in
    /// `Client.cpp`). So the table does not ask for the status.
    static func meaning(of text: String) -> Refusal? {
        let text = text.lowercased()
        return table.first { text.contains($0.phrase) }?.meaning ?? family(of: text)
    }

    /// The meaning of an error whose name is one of a family, such as `CHAT_SEND_POLLS_FORBIDDEN`.
    private static func family(of text: String) -> Refusal? {
        guard let name = text.split(separator: " ").last.map(String.init) else { return nil }
        if name.hasPrefix("chat_send_"), name.hasSuffix("_forbidden") { return .noFiles }
        if name.hasPrefix("button_") { return .badButtons }
        let ends = ["_forbidden", "_restricted", "_private", "_banned"]
        return ["chat_", "channel_", "user_"].contains(where: name.hasPrefix)
            && ends.contains(where: name.hasSuffix) ? .chatClosed : nil
    }
}
