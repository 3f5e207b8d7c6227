import Contract
import Foundation
import Store
import Synchronization

/// Keeps the rate of sends within the limits of a chat service.
///
/// The latest sends are only in memory, so the bot may send too early after a restart. The service then asks the bot to
/// wait.
final class SendBudget: Sendable {
    private struct State {
        /// When the latest messages were sent: to each chat, and to all chats together.
        var sent: [ChatID: [Date]] = [:]
        var sentOverall: [Date] = []
        /// When the live message of a run was last edited.
        var edited: [RunID: Date] = [:]
        /// The chats that must get no message for now, each with the end of its pause.
        var pauses: [ChatID: Date] = [:]
    }

    private let limits: SendLimits
    private let state = Mutex(State())

    init(_ limits: SendLimits) {
        self.limits = limits
    }

    /// How long the message must wait, in seconds.
    ///
    /// If it may be sent now, records a send and returns nil.
    func wait(for message: OutboxMessage, now: Date) -> TimeInterval? {
        let (here, overall) = (limits.rate(in: message.chatID), limits.overall)
        return state.withLock { state in
            let share = share(of: message, in: state)
            let due =
                [
                    pauseEnd(of: message.chatID, in: state, now: now),
                    Self.free(state.sentOverall, overall.part(share), now: now),
                    Self.free(state.sent[message.chatID] ?? [], here.part(share), now: now),
                    nextEdit(of: message, in: state),
                ].compactMap(\.self).max() ?? now
            guard due <= now else { return due.timeIntervalSince(now) }
            record(message, in: &state, at: now)
            return nil
        }
    }

    /// Records `count` more sends, for the further parts of a message in several parts.
    func record(sends count: Int, in chat: ChatID, at now: Date) {
        state.withLock { state in
            for _ in 0..<count {
                state.sent[chat, default: []].append(now)
                state.sentOverall.append(now)
            }
        }
    }

    /// Forgets the latest send to the chat: it was refused, so nothing came.
    ///
    /// Otherwise messages that a chat refuses would delay those that it takes.
    func refund(_ chat: ChatID) {
        state.withLock { state in
            guard let last = state.sent[chat]?.popLast() else { return }
            if let index = state.sentOverall.lastIndex(of: last) { state.sentOverall.remove(at: index) }
        }
    }

    /// Pauses the chat until `date`.
    ///
    /// While two or more chats are paused, every chat is paused.
    func pause(_ chat: ChatID, until date: Date) {
        state.withLock { $0.pauses[chat] = max(date, $0.pauses[chat] ?? date) }
    }

    private func pauseEnd(of chat: ChatID, in state: State, now: Date) -> Date? {
        let pauses = state.pauses.filter { $0.value > now }
        return pauses.count > 1 ? pauses.values.max() : pauses[chat]
    }

    /// The part of a rate that the message may use.
    private func share(of message: OutboxMessage, in state: State) -> SendLimits.Share {
        switch message.urgency {
        case .answer: .whole
        case .end: .most
        // The first message of a run goes before edits and posts.
        case .live: message.run.flatMap { state.edited[$0] } == nil ? .most : .shared
        case .post, .held: .shared
        }
    }

    private func nextEdit(of message: OutboxMessage, in state: State) -> Date? {
        guard message.kind == .liveMessage, message.urgency > .end, let run = message.run,
            let last = state.edited[run]
        else { return nil }
        return last.addingTimeInterval(limits.editInterval(in: message.chatID) / .seconds(1))
    }

    private func record(_ message: OutboxMessage, in state: inout State, at now: Date) {
        state.sentOverall = Self.recent(state.sentOverall, limits.overall, now: now) + [now]
        let rate = limits.rate(in: message.chatID)
        state.sent[message.chatID] = Self.recent(state.sent[message.chatID] ?? [], rate, now: now) + [now]
        if message.kind == .liveMessage, let run = message.run { state.edited[run] = now }
        if state.sent.count + state.edited.count > Self.manyEntries { removeOld(&state, now: now) }
    }

    /// With more entries than this, old ones are removed.
    private static let manyEntries = 2_000

    private func removeOld(_ state: inout State, now: Date) {
        func isRecent(_ date: Date) -> Bool { now.timeIntervalSince(date) < 60 }
        state.sent = state.sent.filter { $0.value.contains(where: isRecent) }
        state.edited = state.edited.filter { isRecent($0.value) }
        state.pauses = state.pauses.filter { $0.value > now }
    }

    /// When the next message may be sent; nil: now.
    private static func free(_ sent: [Date], _ rate: SendLimits.Rate, now: Date) -> Date? {
        let recent = recent(sent, rate, now: now)
        guard recent.count >= rate.count else { return nil }
        return recent[recent.count - rate.count].addingTimeInterval(rate.time / .seconds(1))
    }

    /// The sends within the time of `rate`.
    ///
    /// A send in the future does not count: the clock was set back after it.
    private static func recent(_ sent: [Date], _ rate: SendLimits.Rate, now: Date) -> [Date] {
        let time = rate.time / .seconds(1)
        return sent.filter { (0..<time).contains(now.timeIntervalSince($0)) }
    }
}
