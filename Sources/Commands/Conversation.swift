import Contract
package import Foundation
import Jobs
package import Store
import Telegram

/// Takes what people do, and answers: each within one transaction, together with all that it sets going.
package struct Conversation: Sendable {
    private let store: SQLiteStore
    private let policy: ChatPolicy
    private let parser: CommandParser

    package init(store: SQLiteStore, policy: ChatPolicy) {
        self.store = store
        self.policy = policy
        parser = CommandParser(botName: policy.botName)
    }

    /// Handles `incoming`, once however often it comes; returns what to tell whoever pressed a button.
    package func handle(_ incoming: Incoming, now: Date = Date()) async throws -> Toast? {
        try await store.write { [self] transaction in
            guard try transaction.receive(update: incoming.id, at: now) else { return nil }
            let role = try Permissions(policy: policy).role(of: incoming.user, in: transaction)
            let turn = Turn(
                transaction: transaction,
                incoming: incoming,
                role: role,
                policy: policy,
                now: now
            )
            switch incoming.content {
            case .text(let text):
                try transaction.unmute(chat: incoming.chat)
                try answer(text, in: turn)
            case .file(let file, let caption):
                guard turn.isAddressed(caption) else { break }
                try transaction.unmute(chat: incoming.chat)
                try take(file, caption, in: turn)
            case .tap(let data, let query):
                try transaction.unmute(chat: incoming.chat)
                return try turn.press(data, query: query)
            case .welcome(let isWelcome):
                if isWelcome {
                    try transaction.unmute(chat: incoming.chat)
                } else {
                    try transaction.mute(chat: incoming.chat, because: "the bot was removed", at: now)
                }
            case .migrated(let chat):
                try transaction.migrateChat(incoming.chat, to: chat)
            }
            return nil
        }
    }

    /// Tells every admin that another program uses the bot's token, once in a while.
    package func tellOwnersOfRival(now: Date = Date()) async throws {
        try await store.write { [policy] transaction in
            let last = try transaction.setting(Self.rivalKey).flatMap { Double($0) } ?? 0
            guard abs(now.timeIntervalSince1970 - last) > Self.rivalPause else { return }
            try transaction.set(Self.rivalKey, to: "\(now.timeIntervalSince1970)")
            for admin in try policy.admins.union(transaction.admins()).sorted() {
                try transaction.enqueue(.reply(PeopleWords.rival, chat: admin, at: now))
            }
        }
    }

    private static let rivalKey = "rivalToldAt"
    /// In seconds.
    private static let rivalPause: TimeInterval = 6 * 3_600

    /// A file is stored, unless the words below it, or the message that it answers, say what else to do with it.
    private func take(_ file: ChatFile, _ caption: String?, in turn: Turn) throws {
        let reading: CommandParser.Reading
        do {
            reading = try parser.read(caption ?? "", withFile: true)
        } catch {
            return try turn.refuse(error)
        }
        switch reading {
        case .command(.predict(var request)) where request.cells.isEmpty && request.table == nil:
            request.table = .file(file)
            try turn.perform(.predict(request))
        // What is to be trained on is stored first; its card has the button.
        case .command(.chooseTraining): try turn.take(file)
        case .command(let command): try turn.perform(command)
        case .foreign: break
        case .blobs, .talk: try turn.take(file)
        }
    }

    private func answer(_ text: String, in turn: Turn) throws {
        let reading: CommandParser.Reading
        do {
            reading = try parser.read(text)
        } catch {
            return try turn.refuse(error)
        }
        switch reading {
        case .command(let command): try turn.perform(command)
        case .blobs(let blobs): try turn.look(at: blobs)
        case .foreign: break
        case .talk: try turn.smallTalk()
        }
    }
}
