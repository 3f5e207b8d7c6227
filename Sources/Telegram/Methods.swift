package import Contract
import Foundation
import HTTP

/// A message to send: formatted text and optional buttons.
package struct OutgoingMessage: Equatable, Sendable {
    package var chat: ChatID
    package var topic: ThreadID?
    /// The message that this one replies to.
    ///
    /// If the message `replyTo` was deleted, Telegram sends the new message without a reply.
    package var replyTo: MessageID?
    package var text: HTMLText
    package var keyboard: InlineKeyboard?
    package var isSilent: Bool
    /// The one person of a group who sees the message, for a while; nil: everybody sees it.
    ///
    /// Texts only; the Bot API has it since version 10.2.
    package var onlyFor: UserID?

    package init(
        chat: ChatID,
        topic: ThreadID? = nil,
        replyTo: MessageID? = nil,
        text: HTMLText,
        keyboard: InlineKeyboard? = nil,
        isSilent: Bool = false
    ) {
        self.chat = chat
        self.topic = topic
        self.replyTo = replyTo
        self.text = text
        self.keyboard = keyboard
        self.isSilent = isSilent
    }
}

extension BotAPI {
    package func getMe() async throws -> User {
        try await call("getMe", Nothing())
    }

    /// Removes the webhook of the bot, which another program may have set.
    ///
    /// Pending updates stay queued.
    package func deleteWebhook() async throws {
        let _: Bool = try await call("deleteWebhook", Nothing())
    }

    /// Returns the updates whose ids are at least `offset`; if there are none, waits up to `timeout` for one.
    ///
    /// The call also confirms all updates before `offset`, so that Telegram does not send them again.
    package func getUpdates(offset: UpdateID?, timeout: Duration) async throws -> [Update] {
        let seconds = Int(timeout.components.seconds)
        return try await call(
            "getUpdates",
            GetUpdates(offset: offset, timeout: seconds),
            timeouts: .longPoll(timeout)
        )
    }

    /// Sends a message and returns its id.
    package func sendMessage(_ message: OutgoingMessage) async throws -> MessageID {
        let sent: Sent = try await call("sendMessage", SendMessage(message), connection: .fresh)
        return sent.messageId
    }

    /// Replaces the text and the buttons of a message.
    package func editMessageText(_ id: MessageID, _ message: OutgoingMessage) async throws {
        let _: Sent = try await call("editMessageText", EditMessageText(id, message))
    }

    /// Replaces the text below the file of a message, and the buttons.
    package func editMessageCaption(_ id: MessageID, _ message: OutgoingMessage) async throws {
        let _: Sent = try await call("editMessageCaption", EditMessageCaption(id, message))
    }

    /// Answers a button press: shows `text` as a notification, or as a dialog if `isAlert`.
    package func answerCallbackQuery(_ id: String, text: String?, isAlert: Bool = false) async throws {
        let _: Bool = try await call(
            "answerCallbackQuery",
            AnswerCallbackQuery(callbackQueryId: id, text: text, showAlert: isAlert),
            timeouts: .buttonAnswer
        )
    }

    /// Sends `bytes` as a file called `name`, with the text of `message` as its caption; returns the message id.
    package func sendDocument(_ bytes: [UInt8], name: String, _ message: OutgoingMessage) async throws
        -> MessageID
    {
        try await send("sendDocument", .file("document", .bytes(bytes), fileName: name), message)
    }

    /// Sends the file at `path` as a file called `name`, streamed from disk, with the text of `message` as its caption.
    ///
    /// Returns the message id.
    ///
    /// - Throws: ``TelegramError/unreadableFile(_:)`` if the file is missing, not regular or cut short; see
    ///   ``call(_:_:timeouts:connection:)`` for the other errors.
    package func sendDocument(file path: String, name: String, _ message: OutgoingMessage) async throws
        -> MessageID
    {
        try await send("sendDocument", .file("document", .file(path: path), fileName: name), message)
    }

    /// Sends a picture, with the text of `message` as its caption; returns the message id.
    package func sendPhoto(_ png: [UInt8], _ message: OutgoingMessage) async throws -> MessageID {
        try await send("sendPhoto", .file("photo", .bytes(png), fileName: "picture.png"), message)
    }

    /// Sends the picture at `path`, streamed from disk, with the text of `message` as its caption; returns the message id.
    ///
    /// - Throws: as ``sendDocument(file:name:_:)``.
    package func sendPhoto(file path: String, name: String, _ message: OutgoingMessage) async throws
        -> MessageID
    {
        try await send("sendPhoto", .file("photo", .file(path: path), fileName: name), message)
    }

    /// Uploads `file` with the parameters of `message`, over a fresh connection, so that the HTTP client does not
    /// repeat the upload.
    private func send(
        _ method: String,
        _ file: FormPart,
        _ message: OutgoingMessage
    ) async throws -> MessageID {
        let sent: Sent = try await post(
            method,
            .form(try Self.parameters(of: message) + [file]),
            timeouts: .bulk,
            connection: .fresh
        )
        return sent.messageId
    }

    /// The form fields of a message that has a file.
    private static func parameters(of message: OutgoingMessage) throws -> [FormPart] {
        var fields = [FormPart.field("chat_id", "\(message.chat)")]
        if let direct = message.topic?.directTopic {
            fields.append(.field("direct_messages_topic_id", "\(direct)"))
        } else if let topic = message.topic {
            fields.append(.field("message_thread_id", "\(topic)"))
        }
        fields.append(.field("caption", message.text.html))
        fields.append(.field("parse_mode", "HTML"))
        if message.isSilent { fields.append(.field("disable_notification", "true")) }
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        if let id = message.replyTo {
            let reply = try encoder.encode(ReplyParameters(messageId: id))
            fields.append(.field("reply_parameters", json: Array(reply)))
        }
        if let keyboard = message.keyboard {
            fields.append(.field("reply_markup", json: Array(try encoder.encode(keyboard))))
        }
        return fields
    }
}

extension TransferTimeouts {
    /// Telegram rejects an answer to a button press after some seconds, so a late answer is useless.
    fileprivate static let buttonAnswer = TransferTimeouts(
        connect: .seconds(5),
        total: .seconds(10),
        idle: .seconds(10)
    )
}

private struct Nothing: Encodable {}

private struct Sent: Decodable {
    let messageId: MessageID
}

private struct GetUpdates: Encodable {
    let offset: UpdateID?
    let timeout: Int
    /// Sent with each request, because otherwise Telegram uses the list of the last request, perhaps of another
    /// program.
    let allowedUpdates = ["message", "edited_message", "callback_query", "my_chat_member"]
}

private struct LinkPreviewOptions: Encodable {
    let isDisabled = true
}

private struct ReplyParameters: Encodable {
    let messageId: MessageID
    let allowSendingWithoutReply = true
}

private struct EphemeralMessageParameters: Encodable {
    let receiverUserId: UserID
}

private struct SendMessage: Encodable {
    let chatId: ChatID
    let messageThreadId: ThreadID?
    let directMessagesTopicId: Int64?
    let text: String
    let parseMode = "HTML"
    let linkPreviewOptions = LinkPreviewOptions()
    let disableNotification: Bool?
    let replyParameters: ReplyParameters?
    let replyMarkup: InlineKeyboard?
    let ephemeralMessageParameters: EphemeralMessageParameters?

    init(_ message: OutgoingMessage) {
        chatId = message.chat
        ephemeralMessageParameters = message.onlyFor.map { EphemeralMessageParameters(receiverUserId: $0) }
        directMessagesTopicId = message.topic?.directTopic
        messageThreadId = directMessagesTopicId == nil ? message.topic : nil
        text = message.text.html
        disableNotification = message.isSilent ? true : nil
        replyParameters = message.replyTo.map { ReplyParameters(messageId: $0) }
        replyMarkup = message.keyboard
    }
}

private struct EditMessageText: Encodable {
    let chatId: ChatID
    let messageId: MessageID
    let text: String
    let parseMode = "HTML"
    let linkPreviewOptions = LinkPreviewOptions()
    let replyMarkup: InlineKeyboard?

    init(_ id: MessageID, _ message: OutgoingMessage) {
        chatId = message.chat
        messageId = id
        text = message.text.html
        replyMarkup = message.keyboard
    }
}

private struct EditMessageCaption: Encodable {
    let chatId: ChatID
    let messageId: MessageID
    let caption: String
    let parseMode = "HTML"
    let replyMarkup: InlineKeyboard?

    init(_ id: MessageID, _ message: OutgoingMessage) {
        chatId = message.chat
        messageId = id
        caption = message.text.html
        replyMarkup = message.keyboard
    }
}

private struct AnswerCallbackQuery: Encodable {
    let callbackQueryId: String
    let text: String?
    let showAlert: Bool
}
