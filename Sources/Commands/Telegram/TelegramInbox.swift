package import Contract
import Foundation
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
                    // Files that waited for their caption when the bot last ended.
                    acknowledgements.addTask { await handleAlbums() }
                    try await poller.run(after: lastUpdate, onConflict: reportRival) { update in
                        defer { if update.isOfAlbum { acknowledgements.addTask { await handleAlbums() } } }
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
        if let chatUpdate = ChatUpdate(update, bot: conversation().botName) {
            return try await handle(chatUpdate)
        }
        if case .message(let message) = update.content { try await notice(message.chat.id) }
        guard case .callbackQuery(let query) = update.content else { return nil }
        return Toast(query: query.id, text: Toast.messageTooOld)
    }

    /// Takes note of a message that needs no answer, such as that a forum topic was opened.
    private func notice(_ chat: ChatID) async throws {
        do {
            try await conversation().notice(chat)
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

    /// Handles files of albums for which no caption comes, as long as any wait; tries again after errors.
    private func handleAlbums() async {
        var wait = Duration.seconds(CommandHandler.albumWait)
        while true {
            do {
                try await ContinuousClock().sleep(for: wait)
                let now = Date()
                guard let next = try await conversation().handleDueAlbums(now: now) else { return }
                wait = .seconds(max(0.1, next.timeIntervalSince(now)))
            } catch is CancellationError {
                return  // The next start handles them.
            } catch {
                logger.error("the files of an album wait", metadata: ["error": "\(error)"])
                wait = Self.databaseRetry
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
