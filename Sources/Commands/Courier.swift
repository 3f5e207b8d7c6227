package import Foundation
package import Logging
import ServiceLifecycle
package import Store
import Telegram

/// Brings what lies in the outbox to the chats: in order, one message at a time per chat, until it has arrived.
package struct Courier: Service {
    private let store: SQLiteStore
    private let surface: any ChatSurface
    private let policy: ChatPolicy
    /// Nil: everything is said in words.
    private let painter: (any Painter)?
    private let logger: Logger
    private let clock: any Clock<Duration>
    private let now: @Sendable () -> Date
    private let budget: SendBudget

    package init(
        store: SQLiteStore,
        surface: any ChatSurface,
        policy: ChatPolicy,
        painter: (any Painter)? = nil,
        logger: Logger,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.store = store
        self.surface = surface
        self.policy = policy
        self.painter = painter
        self.logger = logger
        self.clock = clock
        self.now = now
        budget = SendBudget(surface.limits)
    }

    /// Works until shut down; what is under way then is finished, the rest waits for the next start.
    package func run() async throws {
        try await store.write { try $0.recoverSending() }
        store.outboxBell.ring()
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    try await clock.sleep(for: .milliseconds(500))
                    store.outboxBell.ring()
                }
            }
            await withDiscardingTaskGroup { deliveries in
                for await _ in store.outboxBell.rings.cancelOnGracefulShutdown() {
                    for message in await takeDue() { deliveries.addTask { await deliver(message) } }
                }
            }
            group.cancelAll()
        }
    }

    /// One look at the outbox: says what is due, and returns when it is said.
    package func turn() async {
        await withDiscardingTaskGroup { deliveries in
            for message in await takeDue() { deliveries.addTask { await deliver(message) } }
        }
    }

    /// Marks what may go now as being sent, so that nothing else goes to those chats meanwhile.
    private func takeDue() async -> [OutboxMessage] {
        do {
            return try await store.write(.batched) { [now = now()] transaction in
                try transaction.dueMessages(now: now).compactMap { message in
                    var message = message
                    if let wait = budget.wait(for: message, now: now) {
                        message.notBefore = now.addingTimeInterval(wait)
                        try transaction.save(message)
                        return nil
                    }
                    message.state = .sending
                    try transaction.save(message)
                    return message
                }
            }
        } catch is CancellationError {
            return []
        } catch {
            logger.error("the outbox cannot be read", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func deliver(_ message: OutboxMessage) async {
        do {
            let sent = try await say(message)
            try await settle(sent) { $0.state = .sent }
        } catch {
            await note(error, of: message)
        }
    }

    /// Says it, and returns the row with what is known of it then.
    private func say(_ message: OutboxMessage) async throws -> OutboxMessage {
        var message = message
        let drawn = message
        let draft = try await record { [policy, now = now()] transaction in
            try Draft.draw(drawn, in: transaction, policy: policy, now: now)
        }
        guard let draft else { return message }
        switch Letter(draft, for: message) {
        case .messages(let messages):
            let pieces = messages.dropFirst(message.partsSent)
            budget.noteMore(max(0, pieces.count - 1), in: message.chatID, at: now())
            for piece in pieces {
                message.messageID = try await surface.send(piece)
                message.partsSent += 1
                let progress = message
                try await record(.batched) { try $0.save(progress) }
            }
        case .picture(let request, let name, let caption):
            if let picture = await painter?.picture(of: request) {
                message.messageID = try await surface.send(picture: picture, name: name, caption)
            } else {
                message.messageID = try await surface.send(caption)
            }
        case .document(let bytes, let name, let caption):
            message.messageID = try await surface.send(document: bytes, name: name, caption)
        case .file(let path, let name, let caption):
            message.messageID = try await surface.send(file: path, name: name, caption)
        case .edit(let id, let outgoing):
            message.messageID = try await edit(id, to: outgoing)
        case .anchor(_, let id?, let outgoing):
            try await surface.edit(id, to: outgoing)
            message.messageID = id
        case .anchor(let run, nil, let outgoing):
            let id = try await surface.send(outgoing)
            message.messageID = id
            try await record { try $0.setAnchor(id, ofRun: run) }
        }
        return message
    }

    /// Edits the message, or sends it anew where it is gone; returns its id.
    private func edit(_ id: Int64, to message: OutgoingMessage) async throws -> Int64 {
        do {
            try await surface.edit(id, to: message)
            return id
        } catch ChatError.gone {
            return try await surface.send(message)
        }
    }

    /// What an answer that is no success means for the row.
    private func note(_ error: any Error, of message: OutboxMessage) async {
        logger.log(
            level: error is CancellationError ? .debug : .warning,
            "a message did not go out",
            metadata: ["outbox.id": "\(message.id ?? 0)", "kind": "\(message.kind)", "error": "\(error)"]
        )
        let now = now()
        do {
            switch error {
            case ChatError.wait(let duration):
                budget.pause(message.chatID, until: now.addingTimeInterval(duration / .seconds(1)))
                try await settle(message) { $0.postpone(by: duration, from: now) }
            case ChatError.tryLater:
                try await settle(message) { $0.tryAgain(from: now) }
            case ChatError.unknownFate:
                try await settle(message) { $0.repeatSoon(from: now) }
            case ChatError.moved(let chat):
                try await settle(message) { $0.postpone(by: .zero, from: now) }
                try await record { try $0.migrateChat(message.chatID, to: chat) }
            case ChatError.gone:
                try await record { try $0.setAnchor(nil, ofRun: message.subject ?? 0) }
                try await settle(message) { $0.postpone(by: .zero, from: now) }
            case ChatError.unwelcome(let reason):
                try await record { try $0.mute(chat: message.chatID, because: reason, at: now) }
                try await settle(message) { $0.postpone(by: .zero, from: now) }
            case is CancellationError, StoreError.away:
                break  // it lies as being sent, and the next start decides
            default:
                logger.error("a message is given up", metadata: ["outbox.id": "\(message.id ?? 0)"])
                try await settle(message) { ($0.state, $0.error) = (.failed, "\(error)") }
            }
        } catch {
            logger.error("the outbox cannot be written", metadata: ["error": "\(error)"])
        }
    }

    /// Reads or writes down what belongs to a message that is under way.
    ///
    /// While the disk is away it waits: a message that never comes to its end would hold up its chat.
    private func record<Value: Sendable>(
        _ durability: SQLiteStore.Durability = .full,
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        while true {
            do {
                return try await store.write(durability, work)
            } catch StoreError.away(let reason) where !Task.isShuttingDownGracefully {
                logger.error("the outbox waits for the database", metadata: ["error": "\(reason)"])
                try await clock.sleep(for: .seconds(2))
            }
        }
    }

    /// Writes the row back, merged with what happened to it meanwhile.
    private func settle(_ message: OutboxMessage, _ change: @escaping @Sendable (inout OutboxMessage) -> Void)
        async throws
    {
        try await record { transaction in
            var settled = message
            settled.partsSent = max(
                message.partsSent,
                try transaction.outboxMessage(message.id ?? 0)?.partsSent ?? 0
            )
            change(&settled)
            // A newer edit of the same message waits already: this one has nothing to add.
            if settled.state == .pending, settled.kind == .anchor,
                try transaction.hasPendingAnchor(ofRun: settled.subject ?? 0)
            {
                settled.state = .sent
            }
            try transaction.save(settled)
        }
    }
}

extension OutboxMessage {
    fileprivate mutating func postpone(by duration: Duration, from now: Date) {
        state = .pending
        notBefore = now.addingTimeInterval(duration / .seconds(1))
    }

    fileprivate mutating func tryAgain(from now: Date) {
        tries += 1
        postpone(by: min(.seconds(1) * (1 << min(tries - 1, 6)), .seconds(60)), from: now)
    }

    /// An edit repeats freely; a message of unknown fate only so often, then it counts as arrived.
    fileprivate mutating func repeatSoon(from now: Date) {
        if kind != .anchor, repeats >= Self.mostRepeats { return (state, error) = (.sent, Self.doubt) }
        repeats += 1
        postpone(by: .seconds(1), from: now)
    }
}
