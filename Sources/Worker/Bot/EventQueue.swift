import Contract
import Synchronization

/// What a worker has to say and the bot has not heard yet, in order and numbered.
///
/// Any thread may add; one reporter takes batches. While the bot is away the work goes on: of progress only the latest
/// is kept, of log lines the newest ten thousand, of all else everything.
final class EventQueue: Sendable {
    private struct State {
        var pending: [EventBatch.Numbered] = []
        var sent = 0
        var lastSequence = 0
        var phase: Phase?
        var pause = Duration.seconds(1)
    }

    private static let maxPending = 10_000
    private static let batchSize = 500

    /// Rings when something should not wait for the next heartbeat.
    let bell: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    private let state = Mutex(State())

    init() {
        (bell, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// The phase that the work is in.
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
        if !event.isProgress && !event.isLog { wake() }
    }

    func wake() { ring.yield() }

    /// What to send now; the same again until ``acknowledge(_:)``, so that an answer that was lost costs nothing.
    func nextBatch() -> EventBatch {
        state.withLock { state in
            state.sent = max(state.sent, min(state.pending.count, Self.batchSize))
            return EventBatch(events: Array(state.pending.prefix(state.sent)))
        }
    }

    /// How long the bot wants to wait for the next heartbeat.
    var pause: Duration { state.withLock { $0.pause } }

    /// The bot has `batch`, and wants to hear more in `next` seconds.
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
