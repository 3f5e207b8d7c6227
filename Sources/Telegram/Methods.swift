package import Contract
import Foundation
import HTTP

/// A message to be sent: text in our HTML, and perhaps buttons.
package struct OutgoingMessage: Equatable, Sendable {
    package var chat: ChatID
    package var topic: ThreadID?
    /// The message that it answers; where that is gone, it is sent all the same.
    package var replyTo: MessageID?
    package var text: HTMLText
    package var keyboard: InlineKeyboard?
    package var isSilent: Bool

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

/// A command in the menu.
package struct BotCommand: Codable, Equatable, Sendable {
    package let command: String
    package let description: String

    package init(command: String, description: String) {
        self.command = command
        self.description = description
    }
}

extension BotAPI {
    package func getMe() async throws -> User {
        try await call("getMe", Nothing())
    }

    /// Stops the webhook that another program may have set, and keeps what waits.
    package func deleteWebhook() async throws {
        let _: Bool = try await call("deleteWebhook", Nothing())
    }

    /// Offers `commands` in the menu, in private chats and in groups.
    package func setMyCommands(_ commands: [BotCommand]) async throws {
        for scope in ["all_private_chats", "all_group_chats"] {
            let _: Bool = try await call(
                "setMyCommands",
                SetMyCommands(commands: commands, scope: .init(type: scope))
            )
        }
    }

    /// Updates from `offset` on, after at most `timeout`; asking for them confirms all before.
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

    /// Makes a message read otherwise.
    package func editMessageText(_ id: MessageID, _ message: OutgoingMessage) async throws {
        let _: Sent = try await call("editMessageText", EditMessageText(id, message))
    }

    /// Tells whoever pressed a button that it was heard; `isAlert` asks for a closer look.
    package func answerCallbackQuery(_ id: String, text: String?, isAlert: Bool = false) async throws {
        let _: Bool = try await call(
            "answerCallbackQuery",
            AnswerCallbackQuery(callbackQueryId: id, text: text, showAlert: isAlert),
            timeouts: .toast
        )
    }

    /// Sends `bytes` as a file called `name`, with the text of `message` as its caption; returns the message's id.
    package func sendDocument(_ bytes: [UInt8], name: String, _ message: OutgoingMessage) async throws
        -> MessageID
    {
        try await send("sendDocument", "document", bytes, name: name, message)
    }

    /// Sends the file at `path` as one called `name`, from the disk; a copy in the form of a request lies beside it
    /// meanwhile.
    package func sendDocument(file path: String, name: String, _ message: OutgoingMessage) async throws
        -> MessageID
    {
        let form = try Self.form(for: message)
        let request = "\(path).request-\(UInt64.random(in: 0...UInt64.max))"
        defer { try? FileManager.default.removeItem(atPath: request) }  // what stays is forgotten with age
        try form.write(to: request, adding: "document", file: name, at: path)
        return try await post("sendDocument", .file(path: request), form)
    }

    /// Sends a picture, with the text of `message` as its caption; returns the message's id.
    package func sendPhoto(_ png: [UInt8], _ message: OutgoingMessage) async throws -> MessageID {
        try await send("sendPhoto", "photo", png, name: "picture.png", message)
    }

    private func send(
        _ method: String,
        _ field: String,
        _ bytes: [UInt8],
        name: String,
        _ message: OutgoingMessage
    ) async throws -> MessageID {
        var form = try Self.form(for: message)
        form.add(field, file: name, bytes)
        return try await post(method, .bytes(form.body), form)
    }

    private func post(_ method: String, _ body: RequestBody, _ form: MultipartForm) async throws -> MessageID {
        let sent: Sent = try await post(
            method,
            body,
            contentType: form.contentType,
            timeouts: .bulk,
            connection: .fresh
        )
        return sent.messageId
    }

    /// All that a file goes with.
    private static func form(for message: OutgoingMessage) throws -> MultipartForm {
        var form = MultipartForm()
        form.add("chat_id", "\(message.chat)")
        if let topic = message.topic { form.add("message_thread_id", "\(topic)") }
        form.add("caption", message.text.html)
        form.add("parse_mode", "HTML")
        if message.isSilent { form.add("disable_notification", "true") }
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        if let id = message.replyTo {
            form.add("reply_parameters", json: try encoder.encode(ReplyParameters(messageId: id)))
        }
        if let keyboard = message.keyboard { form.add("reply_markup", json: try encoder.encode(keyboard)) }
        return form
    }
}

extension TransferTimeouts {
    /// A button is answered within seconds or not at all.
    fileprivate static let toast = TransferTimeouts(
        connect: .seconds(5),
        total: .seconds(10),
        idle: .seconds(10)
    )
}

private struct Nothing: Encodable {}

private struct Sent: Decodable {
    let messageId: MessageID
}

private struct SetMyCommands: Encodable {
    struct Scope: Encodable {
        let type: String
    }

    let commands: [BotCommand]
    let scope: Scope
}

private struct GetUpdates: Encodable {
    let offset: UpdateID?
    let timeout: Int
    /// Said each time, because Telegram remembers what was said last, by whichever program.
    let allowedUpdates = [
        "message", "edited_message", "callback_query", "my_chat_member", "stopped_message_generation",
    ]
}

private struct LinkPreviewOptions: Encodable {
    let isDisabled = true
}

private struct ReplyParameters: Encodable {
    let messageId: MessageID
    let allowSendingWithoutReply = true
}

private struct SendMessage: Encodable {
    let chatId: ChatID
    let messageThreadId: ThreadID?
    let text: String
    let parseMode = "HTML"
    let linkPreviewOptions = LinkPreviewOptions()
    let disableNotification: Bool?
    let replyParameters: ReplyParameters?
    let replyMarkup: InlineKeyboard?

    init(_ message: OutgoingMessage) {
        chatId = message.chat
        messageThreadId = message.topic
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

private struct AnswerCallbackQuery: Encodable {
    let callbackQueryId: String
    let text: String?
    let showAlert: Bool
}
