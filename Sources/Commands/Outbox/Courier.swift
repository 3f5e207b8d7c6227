import Contract
package import Foundation
package import Logging
import ServiceLifecycle
package import Store
import Telegram

/// Delivers the messages of the outbox, one at a time in each chat, and tries again after failures that may pass.
package struct Courier: Service {
    private let store: SQLiteStore
    let surface: any ChatSurface
    private let policy: ChatPolicy
    /// Nil if results are sent without pictures.
    private let painter: (any Painter)?
    let logger: Logger
    private let clock: any Clock<Duration>
    let now: @Sendable () -> Date
    let budget: SendBudget
    private let sweep: MutedSweep

    /// How often the courier looks for messages that have become due because time has passed.
    private static let interval = Duration.milliseconds(500)
    /// The time until a failed write to the database is tried again.
    private static let databaseRetry = Duration.seconds(2)

    package init(
        store: SQLiteStore,
        surface: any ChatSurface,
        policy: ChatPolicy,
        painter: (any Painter)? = nil,
        kept: KeptLimits = KeptLimits(),
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
        sweep = MutedSweep(kept)
    }

    /// Delivers until shut down; finishes the sends that have begun, and leaves the rest to the next start.
    package func run() async throws {
        try await store.write { try $0.recoverSending() }
        let bell = store.outboxBell
        bell.ring()
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await bell.ring(every: Self.interval, clock: clock) }
            await withDiscardingTaskGroup { deliveries in
                for await _ in bell.rings.cancelOnGracefulShutdown() {
                    for message in await claimDue() { deliveries.addTask { await deliver(message) } }
                }
            }
            group.cancelAll()
        }
    }

    /// Delivers the messages that are due, then returns.
    package func deliverDue() async {
        await withDiscardingTaskGroup { deliveries in
            for message in await claimDue() { deliveries.addTask { await deliver(message) } }
        }
    }

    /// Marks the messages that may be sent now as `sending`, so that each chat gets no other message at the same time.
    private func claimDue() async -> [OutboxMessage] {
        do {
            return try await store.write(.batched) { [now = now()] transaction in
                try sweep.run(in: transaction, now: now)
                try transaction.holdMessagesOfMutedThreads(now: now)
                try transaction.enqueueDuePosts(now: now)
                return try transaction.dueMessages(now: now).compactMap { message in
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
            logger.error("cannot claim the messages that are due", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func deliver(_ message: OutboxMessage) async {
        do {
            if let sent = try await send(message) {
                try await saveDelivery(of: sent, at: now())
            } else {
                try await saveOutcome(of: message) { $0.state = .sent }
            }
        } catch {
            await handle(error, of: message)
        }
    }

    /// Renders and sends the message; returns its row with the id of the sent message, or nil if nothing is to be sent.
    private func send(_ message: OutboxMessage) async throws -> OutboxMessage? {
        let rendered = try await write { [policy, now = now()] transaction in
            try Renderer(in: transaction, policy: policy, now: now).render(message)
        }
        guard let rendered else { return nil }
        var message = message
        switch Delivery(rendered, for: message) {
        case .messages(let messages): return try await send(messages, for: message)
        case .picture(let request, let name, var caption):
            caption.text += surface.sketch(of: request)
            if let picture = await painter?.picture(of: request) {
                message.messageID = try await surface.send(picture: picture, name: name, caption)
            } else {
                message.messageID = try await surface.send(caption)
            }
        case .document(let bytes, let name, let texts, let caption):
            message = try await send(texts, for: message)
            do {
                message.messageID = try await surface.send(document: bytes, name: name, caption)
            } catch ChatError.noFiles(let reason) {
                guard let more = Delivery.texts(of: bytes, below: caption) else {
                    throw ChatError.noFiles(reason)
                }
                return try await send(texts + more, for: message)
            }
        case .file(let file, let texts, let caption):
            message = try await send(texts, for: message)
            message.messageID =
                file.isPicture
                ? try await surface.send(photo: file.path, name: file.name, caption)
                : try await surface.send(file: file.path, name: file.name, caption)
        case .edit(let id, let outgoing, let isCaption, let only):
            message.messageID = try await edit(id, to: outgoing, isCaption: isCaption, only: only)
        case .liveMessage(_, let id?, let outgoing):
            try await surface.edit(id, to: outgoing)
            message.messageID = id
        case .liveMessage(let run, nil, let outgoing):
            let id = try await surface.send(outgoing)
            message.messageID = id
            try await write { try $0.setLiveMessage(id, ofRun: run) }
        }
        return message
    }

    /// Sends the parts that were not sent before.
    ///
    /// Saves the row after each part, so that a crash repeats at most one part.
    private func send(_ messages: [OutgoingMessage], for message: OutboxMessage) async throws -> OutboxMessage
    {
        var message = message
        let parts = messages.dropFirst(message.partsSent)
        budget.record(sends: max(0, parts.count - 1), in: message.chatID, at: now())
        for part in parts {
            message.messageID = try await surface.send(part)
            message.partsSent += 1
            let progress = message
            try await write(.batched) { try $0.save(progress) }
        }
        return message
    }

    /// Edits the message `id`; if it does not exist any more, sends a new message, unless `only` is true.
    ///
    /// Returns the id of the message.
    private func edit(_ id: MessageID, to message: OutgoingMessage, isCaption: Bool, only: Bool) async throws
        -> MessageID
    {
        do {
            if isCaption {
                try await surface.edit(captionOf: id, to: message)
            } else {
                try await surface.edit(id, to: message)
            }
            return id
        } catch ChatError.gone, ChatError.topicClosed {
            guard !only else { return id }
            return try await surface.send(message)
        }
    }

    /// Writes to the database; while the database cannot be written, waits and tries again until shutdown.
    ///
    /// Without these tries, a message would stay `sending` and block its chat.
    func write<Value: Sendable>(
        _ durability: SQLiteStore.Durability = .full,
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        while true {
            do {
                return try await store.write(durability, work)
            } catch StoreError.unavailable(let reason) where !Task.isShuttingDownGracefully {
                logger.error("the outbox waits for the database", metadata: ["error": "\(reason)"])
                try await clock.sleep(for: Self.databaseRetry)
            }
        }
    }
}
