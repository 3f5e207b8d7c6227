import Foundation
import Store
import Synchronization

/// Keeps sends within the limits; it may forget everything, at the cost of a wait that the chat service then asks for.
final class SendBudget: Sendable {
    private struct State {
        /// When the latest messages went out, by chat, and in all.
        var sent: [Int64: [Date]] = [:]
        var sentOverall: [Date] = []
        /// When the live message of a run was last drawn.
        var drawn: [Int64: Date] = [:]
        /// Chats that asked for a pause, and until when.
        var pauses: [Int64: Date] = [:]
    }

    private let limits: SendLimits
    private let state = Mutex(State())

    init(_ limits: SendLimits) {
        self.limits = limits
    }

    /// How long the message has to wait; nil when it may go now, which is noted.
    func wait(for message: OutboxMessage, now: Date) -> TimeInterval? {
        let isAwaited = message.urgency == 0
        let (here, overall) = (limits.rate(in: message.chatID), limits.overall)
        return state.withLock { state in
            let due =
                [
                    pauseEnd(of: message.chatID, in: state, now: now),
                    Self.free(state.sentOverall, isAwaited ? overall : overall.shared, now: now),
                    Self.free(
                        state.sent[message.chatID] ?? [],
                        isAwaited ? here : here.shared,
                        now: now
                    ),
                    nextDraw(of: message, in: state),
                ].compactMap(\.self).max() ?? now
            guard due <= now else { return due.timeIntervalSince(now) }
            note(message, in: &state, at: now)
            return nil
        }
    }

    /// Notes that a message needed `count` more sends than one.
    func noteMore(_ count: Int, in chat: Int64, at now: Date) {
        state.withLock { state in
            for _ in 0..<count {
                state.sent[chat, default: []].append(now)
                state.sentOverall.append(now)
            }
        }
    }

    /// Leaves the chat alone until `date`, and all chats where another one is being left alone, too.
    func pause(_ chat: Int64, until date: Date) {
        state.withLock { $0.pauses[chat] = max(date, $0.pauses[chat] ?? date) }
    }

    private func pauseEnd(of chat: Int64, in state: State, now: Date) -> Date? {
        let pauses = state.pauses.filter { $0.value > now }
        return pauses.count > 1 ? pauses.values.max() : pauses[chat]
    }

    private func nextDraw(of message: OutboxMessage, in state: State) -> Date? {
        guard message.kind == .anchor, message.urgency > 0, let run = message.subject,
            let last = state.drawn[run]
        else { return nil }
        return last.addingTimeInterval(limits.editInterval(in: message.chatID) / .seconds(1))
    }

    private func note(_ message: OutboxMessage, in state: inout State, at now: Date) {
        state.sentOverall = Self.recent(state.sentOverall, limits.overall, now: now) + [now]
        let rate = limits.rate(in: message.chatID)
        state.sent[message.chatID] = Self.recent(state.sent[message.chatID] ?? [], rate, now: now) + [now]
        if message.kind == .anchor, let run = message.subject { state.drawn[run] = now }
        if state.sent.count + state.drawn.count > 2_000 { forgetOld(&state, now: now) }
    }

    private func forgetOld(_ state: inout State, now: Date) {
        func isRecent(_ date: Date) -> Bool { now.timeIntervalSince(date) < 60 }
        state.sent = state.sent.filter { $0.value.contains(where: isRecent) }
        state.drawn = state.drawn.filter { isRecent($0.value) }
        state.pauses = state.pauses.filter { $0.value > now }
    }

    /// When the next message may go; nil: now.
    private static func free(_ sent: [Date], _ rate: SendLimits.Rate, now: Date) -> Date? {
        let recent = recent(sent, rate, now: now)
        guard recent.count >= rate.count else { return nil }
        return recent[recent.count - rate.count].addingTimeInterval(rate.time / .seconds(1))
    }

    /// Of messages sent in order, those that still count; a clock that was set back makes none count for ever.
    private static func recent(_ sent: [Date], _ rate: SendLimits.Rate, now: Date) -> [Date] {
        let time = rate.time / .seconds(1)
        return sent.filter { (0..<time).contains(now.timeIntervalSince($0)) }
    }
}
