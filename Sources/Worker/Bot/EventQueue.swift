import Contract
import Synchronization

/// The events that the bot has not acknowledged yet, in order and numbered from 1.
///
/// Any thread may add events; one ``EventReporter`` sends them in batches. The queue grows while the bot cannot be
/// reached, because the work goes on. A new progress event replaces the last event if that is a progress event too and
/// was not sent yet. Beyond 10,000 events, the oldest log lines that were not sent are dropped. No other event is lost.
final class EventQueue: Sendable {
    private struct State {
        var pending: [EventBatch.Numbered] = []
        /// The number of events at the start of `pending` that were sent.
        ///
        /// These events may have arrived, so their numbers and their content must not change.
        var sent = 0
        var lastSequence = 0
        var phase: Phase?
        var pause = Duration.seconds(1)
    }

    private static let maxPending = 10_000
    private static let batchSize = 500

    /// Yields each time the reporter should send a batch.
    let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation
    private let state = Mutex(State())

    init() {
        (wakeUps, wakeUp) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// The phase of the last phase event.
    var phase: Phase? { state.withLock { $0.phase } }

    func add(_ event: WorkerEvent) {
        state.withLock { state in
            if case .phase(let name) = event { state.phase = name }
            if event.isProgress, state.pending.count > state.sent,
                state.pending.last?.event.isProgress == true
            {
                state.pending[state.pending.count - 1].event = event
                return
            }
            state.lastSequence += 1
            state.pending.append(.init(sequence: state.lastSequence, event: event))
            guard state.pending.count > Self.maxPending,
                let oldest = state.pending.indices.first(where: {
                    $0 >= state.sent && state.pending[$0].event.isLog
                })
            else { return }
            state.pending.remove(at: oldest)
        }
        // Progress and log lines wait for the next heartbeat.
        if !event.isProgress && !event.isLog { wakeReporter() }
    }

    func wakeReporter() { wakeUp.yield() }

    /// The batch to send now.
    ///
    /// Returns the same batch until ``acknowledge(_:next:)``, because the bot's answer may be lost.
    func nextBatch() -> EventBatch {
        state.withLock { state in
            state.sent = max(state.sent, min(state.pending.count, Self.batchSize))
            return EventBatch(events: Array(state.pending.prefix(state.sent)))
        }
    }

    /// The time until the next heartbeat; the bot chooses it.
    var pause: Duration { state.withLock { $0.pause } }

    /// Removes the events of `batch`, which the bot has received.
    ///
    /// The bot wants the next heartbeat after `next` seconds.
    func acknowledge(_ batch: EventBatch, next: Double) {
        state.withLock { state in
            state.pause = .seconds(min(max(next, 0.02), 60))
            state.pending.removeFirst(min(batch.events.count, state.pending.count))
            state.sent = 0
        }
    }

    var isEmpty: Bool { state.withLock { $0.pending.isEmpty } }
}

extension WorkerEvent {
    fileprivate var isProgress: Bool {
        if case .progress = self { true } else { false }
    }

    fileprivate var isLog: Bool {
        if case .log = self { true } else { false }
    }
}
