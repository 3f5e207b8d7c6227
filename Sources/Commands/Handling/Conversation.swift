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
    let parser: CommandParser

    package init(store: SQLiteStore, policy: ChatPolicy) {
        self.store = store
        self.policy = policy
        parser = CommandParser(botName: policy.botName)
    }

    var botName: String? { policy.botName }

    /// Handles an update; ignores an update that was handled before.
    ///
    /// Returns the toast for a pressed button, or nil.
    package func handle(_ update: ChatUpdate, now: Date = Date()) async throws -> Toast? {
        try await respond(to: update, now: now).toast
    }

    /// Handles an update like ``handle(_:now:)``; also returns whether the bot refused what was asked for.
    func respond(to update: ChatUpdate, now: Date = Date()) async throws -> (toast: Toast?, isRefused: Bool) {
        try await store.write { [self] transaction in
            guard try transaction.receive(update: update.id, at: now) else { return (nil, false) }
            let handler = try handler(of: update, in: transaction, at: now)
            let toast = try handle(update.content, by: handler)
            return (toast, handler.refusals.count > 0)
        }
    }

    /// Handles the files of albums for which no caption came in time.
    ///
    /// Returns when to ask again; nil if no file waits.
    package func handleDueAlbums(now: Date = Date()) async throws -> Date? {
        try await store.write { [self] transaction in
            for payload in try transaction.takeDueFiles(now: now) {
                let update = try Wire.decode(ChatUpdate.self, from: Array(payload.utf8))
                guard case .file(let file, _) = update.content else { continue }
                try take(file, nil, by: try handler(of: update, in: transaction, at: now))
            }
            return try transaction.nextDueFile()
        }
    }

    func handler(of update: ChatUpdate, in transaction: Transaction, at now: Date) throws
        -> CommandHandler
    {
        CommandHandler(
            transaction: transaction,
            update: update,
            access: try Access(user: update.user, chat: update.chat, owners: policy.owners, in: transaction),
            policy: policy,
            now: now
        )
    }

    private func handle(_ content: ChatUpdate.Content, by handler: CommandHandler) throws -> Toast? {
        let (transaction, chat, now) = (handler.transaction, handler.update.chat, handler.now)
        switch content {
        case .text(let text): try handleMessage(text, by: handler) { try handle(text, by: handler) }
        case .file(let file, let caption):
            try handleMessage(caption, by: handler) { try handle(file, caption, by: handler) }
        case .attachment(let attachment, let caption):
            try handleMessage(caption, by: handler) {
                let reading = try? parser.read(caption ?? "")  // nil: a wrong command
                if reading == .talk { return try handler.answer(attachment, caption: caption) }
                try handle(caption ?? "", by: handler)
            }
        case .press(let data, let query):
            try transaction.hear(from: chat, at: now)
            return try handler.press(data, query: query)
        case .membership(isMember: true): try transaction.resume(chat: chat, at: now)
        case .membership(isMember: false):
            try transaction.mute(chat: chat, because: "the bot was removed", at: now)
        case .migrated(let new): try transaction.resume(chat: new, asSupergroupOf: chat, at: now)
        }
        return nil
    }

    /// Takes note that something happened in the chat, such as that a forum topic was opened.
    package func notice(_ chat: ChatID, now: Date = Date()) async throws {
        try await store.write { try $0.hear(from: chat, at: now) }
    }

    /// Handles a message with `work`, if it is for the bot and, after an edit, was not acted on before.
    private func handleMessage(_ text: String?, by handler: CommandHandler, _ work: () throws -> Void) throws
    {
        try handler.transaction.hear(from: handler.update.chat, at: handler.now)
        let (reading, isKnown) = read(text ?? "")
        guard try handler.listens(to: text, reading, isKnown: isKnown) else { return }
        if handler.update.isEdit, try !handler.readsAgain(text ?? "", with: parser) { return }
        try work()
    }

    /// What the text holds, nil for a wrong command; and whether it names a command of this bot.
    private func read(_ text: String) -> (CommandParser.Reading?, isKnown: Bool) {
        do {
            let reading = try parser.read(text, withFile: true)
            if case .command = reading { return (reading, true) }
            return (reading, false)
        } catch {
            return (nil, error.word != nil)
        }
    }

    private func handle(_ text: String, by handler: CommandHandler) throws {
        try handler.attending(to: text) {
            switch try reading(of: text, by: handler) {
            case .command(let command)?: try handler.perform(command)
            case .blobs(let blobs)?: try handler.enqueueLooks(at: blobs)
            case .talk?: try handler.answerTalk()
            case .foreign?, nil: break
            }
        }
    }

    /// Parses a text; answers a wrong command, and returns nil.
    func reading(of text: String, withFile: Bool = false, by handler: CommandHandler) throws
        -> CommandParser.Reading?
    {
        do {
            return try parser.read(text, withFile: withFile)
        } catch {
            try handler.refuse(error)
            return nil
        }
    }
}

// MARK: - Another program with this bot's token

extension Conversation {
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
