import Contract
import Foundation
import Jobs
import Logging
import Store
import Synchronization
import Testing

/// Noon of a day on which nothing else happens; tests count seconds from it.
let noon = Date(timeIntervalSince1970: 1_790_000_000)

extension Work {
    static let training = Work.train(TrainArguments(dataset: BlobID(bytes: Array(1...32))))
}

extension Origin {
    static let ada = Origin(chat: 1, message: 5, user: 7, userName: "Ada")
}

extension Failure {
    static let passing = Failure(
        phase: .pulling,
        reason: "Walrus was away",
        advice: "Wait.",
        isTemporary: true
    )
    static let lasting = Failure(phase: .training, reason: "no column named \"x\"", advice: "Name another.")
}

extension Outcome {
    static let done = Outcome.trained(
        result: TrainResult(
            model: StoredBlob(id: BlobID(bytes: Array(2...33)), size: 10),
            receipt: StoredBlob(id: BlobID(bytes: Array(3...34)), size: 20),
            metrics: TrainMetrics(
                target: "species",
                classes: ["a", "b"],
                trainRows: 8,
                testRows: 2,
                accuracy: 1,
                macroF1: 1,
                baselineAccuracy: 0.5,
                outOfBagScore: nil,
                confusion: [[1, 0], [0, 1]],
                importance: []
            )
        )
    )
}

/// An engine that starts nothing and records its calls.
final class EngineFake: Engine {
    private struct Memory {
        var launches: [Launch] = []
        var stopped: [String] = []
        var workers: [WorkerKey: String] = [:]
        var lastWords: [String] = []
        var gone: Set<String> = []
        var kept: Set<JobID>?
        var failure: (any Error)?
        var hangingJob: JobID?
        var isHanging = false
    }

    let name = EngineName.local
    let startLease = Duration.seconds(15)
    private let memory = Mutex(Memory())
    private let trainings: Int

    init(trainings: Int = 1) { self.trainings = trainings }

    var killed: Set<String> { memory.withLock(\.gone) }

    var launches: [Launch] { memory.withLock(\.launches) }
    /// The jobs that the last sweep kept.
    var kept: Set<JobID>? { memory.withLock(\.kept) }
    var stopped: [String] { memory.withLock(\.stopped) }

    /// Every later start fails with `failure`; nil lets starts succeed again.
    func fail(with failure: (any Error)?) { memory.withLock { $0.failure = failure } }

    func capacity(for kind: JobKind) -> Int { [.train, .verify].contains(kind) ? trainings : 2 }

    /// The start of this job takes longer than any test.
    func hang(startOf job: JobID) { memory.withLock { $0.hangingJob = job } }

    /// Whether that start has begun.
    var isHanging: Bool { memory.withLock(\.isHanging) }

    func start(_ launch: Launch, as key: WorkerKey) async throws -> String {
        if memory.withLock({ memory in
            memory.isHanging = memory.isHanging || memory.hangingJob == launch.job
            return memory.hangingJob == launch.job
        }) {
            try await Task.sleep(for: .seconds(600))
        }
        return try memory.withLock {
            if let failure = $0.failure { throw failure }
            $0.launches.append(launch)
            let handle = "worker-\($0.launches.count)"
            $0.workers[key] = handle
            return handle
        }
    }

    func status(of handle: String) async -> WorkerStatus {
        memory.withLock { $0.gone.contains(handle) ? .lost : .alive }
    }

    func list() async throws -> [WorkerKey: String] { memory.withLock(\.workers) }

    func lastWords(of handle: String) async -> [String] { memory.withLock(\.lastWords) }

    /// The last lines of every lost worker.
    func setLastWords(_ lines: [String]) { memory.withLock { $0.lastWords = lines } }

    /// The worker is lost without a report.
    func kill(_ handle: String) { memory.withLock { _ = $0.gone.insert(handle) } }

    func sweep(keeping jobs: Set<JobID>) async { memory.withLock { $0.kept = jobs } }

    func stop(_ handle: String) async throws {
        memory.withLock { memory in
            memory.stopped.append(handle)
            memory.workers = memory.workers.filter { $0.value != handle }
        }
    }
}

/// A job runner with its queue, store and engine; it runs only when a test calls it.
struct RunnerFixture {
    let store: SQLiteStore
    let queue: JobQueue
    let engine: EngineFake
    let runner: JobRunner

    init(store: SQLiteStore? = nil, engine: EngineFake = EngineFake(), logger: Logger? = nil) throws {
        self.engine = engine
        self.store = try store ?? SQLiteStore()
        let walrus = WalrusAccess(aggregators: [], publisher: "", epochs: 5, authorization: .lease)
        queue = JobQueue(store: self.store, walrus: walrus)
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        runner = JobRunner(
            queue: queue,
            engines: [engine],
            bot: "http://127.0.0.1:1",
            logger: logger ?? silent
        )
    }

    /// Enqueues a run and returns its id; its job has the same number.
    @discardableResult
    func enqueue(at date: Date = noon) async throws -> RunID {
        try await store.write { try $0.enqueueRun(.training, origin: .ada, at: date).id }
    }

    func job(_ id: JobID = 1) async throws -> Job {
        try #require(try await store.read { try $0.job(id) })
    }

    /// Starts the first waiting job and claims it.
    func claimed(at date: Date = noon) async throws -> Worker {
        await runner.runOnce(now: date)
        let launch = try #require(engine.launches.last)
        let worker = Worker(launch: launch)
        _ = try await queue.claim(
            launch.job,
            launchToken: worker.launchToken,
            leaseToken: worker.leaseToken,
            now: date
        )
        return worker
    }

    @discardableResult
    func report(
        _ events: [(Int, WorkerEvent)],
        by worker: Worker,
        at date: Date = noon
    ) async throws -> EventReply {
        let batch = EventBatch(events: events.map { EventBatch.Numbered(sequence: $0.0, event: $0.1) })
        return try await queue.report(batch, of: worker.launch.job, leaseToken: worker.leaseToken, now: date)
    }

    /// The kinds of the messages in the outbox, in order.
    func messageKinds() async throws -> [OutboxMessage.Kind] {
        try await store.read { transaction in
            try (1...99).compactMap { try transaction.outboxMessage(OutboxID($0))?.kind }
        }
    }
}

/// A worker: its launch and its lease token.
struct Worker {
    let launch: Launch
    let leaseToken = Secret.random()
    var launchToken: Secret { Secret(launch.launchToken) }
}
