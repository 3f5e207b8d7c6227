package import Contract
package import Logging
import ServiceLifecycle
import Store
package import Telegram

/// Polls Telegram for updates and hands them to the conversation, one by one.
package struct TelegramInbox: Service {
    private let poller: UpdatePoller
    private let conversation: @Sendable () -> Conversation
    private let surface: TelegramSurface
    private let logger: Logger
    private let lastUpdate: UpdateID?

    /// The time between two tries to handle an update while the database cannot be written.
    private static let databaseRetry = Duration.seconds(2)

    /// Creates an inbox.
    ///
    /// `conversation` is called for each update, because the bot learns its own name from Telegram while it polls.
    package init(
        poller: UpdatePoller,
        conversation: @escaping @Sendable () -> Conversation,
        surface: TelegramSurface,
        logger: Logger,
        lastUpdate: UpdateID?
    ) {
        self.poller = poller
        self.conversation = conversation
        self.surface = surface
        self.logger = logger
        self.lastUpdate = lastUpdate
    }

    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                try await withThrowingDiscardingTaskGroup { acknowledgements in
                    try await poller.run(after: lastUpdate, onConflict: reportRival) { update in
                        guard let toast = try await handle(update) else { return }
                        // The next update does not wait for the acknowledgement.
                        acknowledgements.addTask { await acknowledge(toast) }
                    }
                }
            }
        } catch is CancellationError {
            // Shut down: Telegram delivers unconfirmed updates again.
        }
    }

    /// Handles the update; returns the toast for the person who pressed a button.
    private func handle(_ update: Update) async throws -> Toast? {
        if let chatUpdate = ChatUpdate(update) { return try await handle(chatUpdate) }
        if case .message(let message) = update.content { try await notice(message.chat.id) }
        guard case .callbackQuery(let query) = update.content else { return nil }
        return Toast(query: query.id, text: Toast.messageTooOld)
    }

    /// Takes note of a message that needs no answer, such as that a forum topic was opened.
    private func notice(_ chat: ChatID) async throws {
        do {
            try await conversation.notice(chat)
        } catch StoreError.unavailable(let reason) {
            // The courier tries the chat again after a while in any case.
            logger.error("a change of a chat cannot be stored", metadata: ["error": "\(reason)"])
        }
    }

    /// Hands the update to the conversation.
    ///
    /// While the database cannot be written, waits and tries again.
    private func handle(_ update: ChatUpdate) async throws -> Toast? {
        while true {
            do {
                return try await conversation().handle(update)
            } catch StoreError.unavailable(let reason) {
                logger.error("commands wait for the database", metadata: ["error": "\(reason)"])
                try await ContinuousClock().sleep(for: Self.databaseRetry)
            }
        }
    }

    private func reportRival() async throws {
        do {
            try await conversation().reportRival()
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("the admins cannot be warned of another program", metadata: ["error": "\(error)"])
        }
    }

    private func acknowledge(_ toast: Toast) async {
        do {
            try await surface.acknowledge(toast)
        } catch {
            // The action is done. Telegram only shows the button as busy for a while longer.
            logger.debug("a button was not acknowledged", metadata: ["error": "\(error)"])
        }
    }
}

extension ChatUpdate {
    /// Nil for a kind of update that the bot does not handle.
    init?(_ update: Update) {
        switch update.content {
        case .message(let message): self.init(update.id, message)
        case .callbackQuery(let query): self.init(update.id, query)
        case .myChatMember(let member):
            self.init(
                id: update.id,
                chat: member.chat.id,
                isPrivate: member.chat.type == .private,
                user: member.from.id,
                userName: member.from.firstName,
                content: .membership(isMember: member.isWelcome)
            )
        case .other, .unreadable: return nil
        }
    }

    private init?(_ id: UpdateID, _ message: Message) {
        let content: Content
        if let chat = message.migrateToChatId {
            content = .migrated(to: chat)
        } else if let file = message.file, message.from?.isBot == false {
            content = .file(file, caption: message.caption)
        } else if let text = message.text ?? message.caption, message.from?.isBot == false {
            content = .text(text)
        } else {
            return nil
        }
        self.init(
            id: id,
            chat: message.chat.id,
            isPrivate: message.chat.type == .private,
            thread: message.topic,
            message: message.messageId,
            repliesTo: message.replyToMessage.map { .init(message: $0.messageId, author: $0.from?.username) },
            user: message.from?.id ?? .telegram,
            userName: message.from?.firstName ?? "",
            content: content
        )
    }

    private init?(_ id: UpdateID, _ query: CallbackQuery) {
        guard let message = query.message, let data = query.data else { return nil }
        self.init(
            id: id,
            chat: message.chat.id,
            isPrivate: message.chat.type == .private,
            thread: message.topic,
            message: message.messageId,
            user: query.from.id,
            userName: query.from.firstName,
            content: .press(data: data, query: query.id)
        )
    }
}

extension Message {
    /// The file that was sent; nil if there is none.
    ///
    /// Also nil for a picture, video or sound with a caption: the bot reads the caption as the text of the message.
    fileprivate var file: ChatFile? {
        if let document {
            return ChatFile(
                id: document.fileId,
                name: document.fileName ?? "file",
                type: document.mimeType,
                size: document.fileSize
            )
        }
        guard caption == nil else { return nil }
        if photo != nil { return ChatFile(id: "", name: "picture", type: "image/jpeg") }
        if video != nil { return ChatFile(id: "", name: "video", type: "video/mp4") }
        return audio != nil || voice != nil ? ChatFile(id: "", name: "sound", type: "audio/ogg") : nil
    }
}
