package import Contract
package import Foundation
import Jobs
package import Store
import Telegram

/// Handles the updates of people.
///
/// One transaction handles an update, and enqueues the answer and the work.
package struct Conversation: Sendable {
    private let store: SQLiteStore
    private let policy: ChatPolicy
    private let parser: CommandParser

    package init(store: SQLiteStore, policy: ChatPolicy) {
        self.store = store
        self.policy = policy
        parser = CommandParser(botName: policy.botName)
    }

    /// Handles an update; ignores an update that was handled before.
    ///
    /// Returns the toast for a pressed button, or nil.
    package func handle(_ update: ChatUpdate, now: Date = Date()) async throws -> Toast? {
        try await store.write { [self] transaction in
            guard try transaction.receive(update: update.id, at: now) else { return nil }
            let access = try Access(
                user: update.user,
                chat: update.chat,
                owners: policy.owners,
                in: transaction
            )
            let handler = CommandHandler(
                transaction: transaction,
                update: update,
                access: access,
                policy: policy,
                now: now
            )
            return try handle(update.content, by: handler)
        }
    }

    private func handle(_ content: ChatUpdate.Content, by handler: CommandHandler) throws -> Toast? {
        let (transaction, chat, now) = (handler.transaction, handler.update.chat, handler.now)
        switch content {
        case .text(let text):
            try transaction.resume(chat: chat, at: now)
            try handle(text, by: handler)
        case .file(let file, let caption):
            try transaction.resume(chat: chat, at: now)
            guard handler.isAddressed(caption) else { return nil }
            try handle(file, caption, by: handler)
        case .press(let data, let query):
            try transaction.resume(chat: chat, at: now)
            return try handler.press(data, query: query)
        case .membership(isMember: true): try transaction.resume(chat: chat, at: now)
        case .membership(isMember: false):
            try transaction.mute(chat: chat, because: "the bot was removed", at: now)
        case .migrated(let new): try transaction.migrateChat(chat, to: new)
        }
        return nil
    }

    /// Takes note that something happened in the chat, such as that a forum topic was opened: it can be written to.
    package func notice(_ chat: ChatID, now: Date = Date()) async throws {
        try await store.write { try $0.resume(chat: chat, at: now) }
    }

    private func handle(_ text: String, by handler: CommandHandler) throws {
        let reading: CommandParser.Reading
        do {
            reading = try parser.read(text)
        } catch {
            return try handler.refuse(error)
        }
        switch reading {
        case .command(let command): try handler.perform(command)
        case .blobs(let blobs): try handler.enqueueLooks(at: blobs)
        case .foreign: break
        case .talk: try handler.answerTalk()
        }
    }

    /// Handles a file.
    ///
    /// The caption can be a command. Without a command, the rows of the file are predicted if the message replies to a
    /// training, and otherwise the file is stored.
    private func handle(_ file: ChatFile, _ caption: String?, by handler: CommandHandler) throws {
        let reading: CommandParser.Reading
        do {
            reading = try parser.read(caption ?? "", withFile: true)
        } catch {
            return try handler.refuse(error)
        }
        switch reading {
        case .command(.predict(var request)) where request.cells.isEmpty && request.table == nil:
            request.table = .file(file)
            try handler.perform(.predict(request))
        // The file is stored first; its card has a button that trains.
        case .command(.chooseTraining): try handler.store(file)
        case .command(let command): try handler.perform(command)
        case .foreign: break
        case .blobs, .talk: try handler.handle(file)
        }
    }

    /// Warns every admin that another program uses the bot's token, at most once in six hours.
    package func reportRival(now: Date = Date()) async throws {
        try await store.write { [policy] transaction in
            let last = try transaction.setting(Self.rivalKey).flatMap { Double($0) } ?? 0
            guard abs(now.timeIntervalSince1970 - last) > Self.rivalInterval else { return }
            try transaction.set(Self.rivalKey, to: "\(now.timeIntervalSince1970)")
            for admin in try policy.owners.union(transaction.admins()).sorted() {
                let chat = ChatID(private: admin)
                try transaction.enqueue(.reply(HelpText.rival, chat: chat, at: now))
            }
        }
    }

    private static let rivalKey = "rivalToldAt"
    /// The shortest time between two warnings, in seconds.
    private static let rivalInterval: TimeInterval = 6 * 3_600
}
