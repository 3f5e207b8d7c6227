import Contract
import Foundation
import Logging
import Store
import Telegram

/// How the courier handles a message that was not delivered.
extension Courier {
    func handle(_ error: any Error, of message: OutboxMessage) async {
        logger.log(
            level: error is CancellationError ? .debug : .warning,
            "a message was not delivered",
            metadata: ["outbox.id": "\(message.id)", "kind": "\(message.kind)", "error": "\(error)"]
        )
        do {
            try await handle(error, of: message, now: now())
        } catch {
            logger.error("the outbox cannot be written", metadata: ["error": "\(error)"])
        }
    }

    private func handle(_ error: any Error, of message: OutboxMessage, now: Date) async throws {
        switch error {
        case ChatError.unwelcome, ChatError.topicClosed, ChatError.notNow, ChatError.noFiles:
            budget.refund(message.chatID)
        default: break
        }
        switch error {
        case ChatError.wait(let duration):
            budget.pause(message.chatID, until: now.addingTimeInterval(duration / .seconds(1)))
            try await saveOutcome(of: message) { $0.postpone(by: duration, from: now) }
        case ChatError.tryLater:
            try await saveOutcome(of: message) { $0.retry(from: now) }
        case ChatError.unknownFate:
            try await saveOutcome(of: message) { $0.repeatSoon(from: now) }
        case ChatError.moved(let chat):
            try await saveOutcome(of: message) { $0.postpone(by: .zero, from: now) }
            try await write { try $0.resume(chat: chat, asSupergroupOf: message.chatID, at: now) }
        case ChatError.gone:
            if let run = message.run { try await write { try $0.setLiveMessage(nil, ofRun: run) } }
            try await saveOutcome(of: message) { $0.postpone(by: .zero, from: now) }
        case ChatError.unwelcome(let reason):
            try await write { try $0.mute(chat: message.chatID, because: reason, at: now) }
            try await saveOutcome(of: message) { $0.postpone(by: .zero, from: now) }
        case ChatError.topicClosed(let reason):
            let (chat, thread) = (message.chatID, message.threadID)
            try await saveOutcome(of: message) { $0.postpone(by: .zero, from: now) }
            try await write { try $0.mute(thread: thread, of: chat, because: reason, at: now) }
        // What the surface has not mended makes no sense as an answer to this message, so another try may get another.
        case ChatError.notNow, ChatError.noFiles, is TelegramError:
            try await saveOutcome(of: message) { $0.hold(from: now) }
        case is CancellationError, StoreError.unavailable:
            break  // The row stays `sending`; the next start recovers it.
        default:
            logger.error("a message has failed for good", metadata: ["outbox.id": "\(message.id)"])
            try await saveOutcome(of: message) { ($0.state, $0.error) = (.failed, "\(error)") }
            try await tellFailure(of: message, because: error, at: now)
        }
    }

    /// Tells the chat that a post or the end of a run cannot be sent.
    private func tellFailure(of message: OutboxMessage, because error: any Error, at now: Date) async throws {
        guard [.post, .ended, .card].contains(message.kind) else { return }
        try await write { transaction in
            let chat = message.chatID
            guard try !transaction.isMuted(chat: chat) else { return try transaction.countDropped(message) }
            let answer = MutedText.refused(message, because: error)
            try transaction.enqueue(.reply(answer, chat: chat, thread: message.threadID, at: now))
        }
    }

    /// Saves that the message was sent, which shows that its chat and its forum topic can be written to.
    func saveDelivery(of message: OutboxMessage, at now: Date) async throws {
        try await saveOutcome(of: message, { $0.state = .sent }) { transaction in
            let wasHeld = message.urgency == .held
            guard
                try wasHeld || transaction.isMuted(chat: message.chatID)
                    || transaction.isMuted(thread: message.threadID, of: message.chatID)
            else { return }
            try transaction.resume(chat: message.chatID, at: now)
        }
    }

    /// Applies `change` to the message and saves its row.
    ///
    /// Calls `then` in the same transaction. The saved `partsSent` is the larger of the values in `message` and in the stored row.
    func saveOutcome(
        of message: OutboxMessage,
        _ change: @escaping @Sendable (inout OutboxMessage) -> Void,
        then: @escaping @Sendable (Transaction) throws -> Void = { _ in }
    ) async throws {
        try await write { transaction in
            var finished = message
            let saved = try transaction.outboxMessage(message.id)
            finished.partsSent = max(message.partsSent, saved?.partsSent ?? 0)
            change(&finished)
            // A newer edit of the same live message replaces this one.
            if finished.state == .pending, finished.kind == .liveMessage, let run = finished.run,
                try transaction.hasPendingLiveMessage(ofRun: run)
            {
                finished.state = .sent
            }
            try transaction.save(finished)
            try then(transaction)
        }
    }
}

extension OutboxMessage {
    /// The longest wait before the next try.
    private static var longestRetry: Duration { .seconds(60) }

    fileprivate mutating func postpone(by duration: Duration, from now: Date) {
        state = .pending
        notBefore = now.addingTimeInterval(duration / .seconds(1))
    }

    fileprivate mutating func retry(from now: Date) {
        tries += 1
        postpone(by: min(.seconds(1) * (1 << min(tries - 1, 6)), Self.longestRetry), from: now)
    }

    /// Tries again after growing waits, without blocking other messages of the chat.
    fileprivate mutating func hold(from now: Date) {
        urgency = .held
        postpone(by: .seconds(ProbeWait.seconds(after: tries)), from: now)
        tries += 1
    }

    /// Sends the message again, because the outcome of the last send is unknown.
    ///
    /// A live message is sent again without limit. Any other message is sent again at most ``mostRepeats`` times and
    /// is then marked as sent.
    fileprivate mutating func repeatSoon(from now: Date) {
        if kind != .liveMessage, repeats >= Self.mostRepeats {
            return (state, error) = (.sent, Self.doubt)
        }
        repeats += 1
        postpone(by: .seconds(1), from: now)
    }
}
