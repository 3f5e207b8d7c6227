import Contract
import Foundation
import Glibc
import Jobs
import Store
import Synchronization

/// Measures the store and the state machine of jobs alone, without a worker, for `scripts/bench jobs`.
@main
struct JobsBench {
    static func main() async throws {
        for durability in Durability.allCases {
            for batch in [1, 50, 500] {
                let rate = try await withStore {
                    try await jobsPerSecond(in: $0, durability.value, batch: batch)
                }
                show("no-op jobs, \(batch) at a time", durability, rate.text)
            }
            let waits = try await withStore { try await claimLatencies(in: $0, durability.value) }
            let (half, most) = (waits[waits.count / 2], waits[waits.count * 99 / 100])
            show(
                "from insert to claim, one by one",
                durability,
                "p50 \(milliseconds(half))   p99 \(milliseconds(most))"
            )
        }
        for events in [1, 20] {
            let rate = try await withStore { try await eventsPerSecond(in: $0, perReport: events) }
            show("events of 16 workers, \(events) a report", .normal, rate.text)
        }
    }

    /// The value of SQLite's `synchronous`.
    private enum Durability: String, CaseIterable {
        case normal = "NORMAL"
        case full = "FULL"

        var value: SQLiteStore.Durability { self == .full ? .full : .batched }
    }

    private static func show(_ name: String, _ durability: Durability, _ result: String) {
        let columns = [name.padding(toLength: 36, withPad: " ", startingAt: 0), durability.rawValue]
        print(columns.joined(separator: " ").padding(toLength: 45, withPad: " ", startingAt: 0) + result)
    }

    private static func milliseconds(_ duration: Duration) -> String {
        String(format: "%.2f ms", duration / .milliseconds(1))
    }

    /// Runs `body` with a new database in the current folder, so that the caller chooses the disk.
    private static func withStore<Value>(_ body: (SQLiteStore) async throws -> Value) async throws -> Value {
        let folder = URL(filePath: "bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(SQLiteStore(path: folder.appending(path: "okai.sqlite").path()))
    }

    private static let blob = BlobID(bytes: Array(repeating: 7, count: 32))
    private static let origin = Origin(chat: 1, user: 1, userName: "Ada")

    private static func noOp() -> NewJob {
        NewJob(work: .look(LookArguments(blob: blob)), origin: origin, createdAt: Date())
    }

    /// Inserts, claims and ends jobs, `batch` of them in each transaction; an end puts its message into the outbox.
    private static func jobsPerSecond(
        in store: SQLiteStore,
        _ durability: SQLiteStore.Durability,
        batch: Int
    ) async throws -> Rate {
        let watch = Stopwatch()
        var count = 0
        while watch.seconds < 4 {
            try await store.write(durability) { for _ in 0..<batch { _ = try $0.insert(noOp()) } }
            let claimed = try await store.write(durability) { try claim(upTo: batch, in: $0) }
            try await store.write(durability) { transaction in
                for job in claimed {
                    let end = WorkerEvent.completed(outcome: .missing(blob: blob))
                    try transaction.transition(
                        job,
                        by: .reported(end, number: 1, retryAfter: .zero),
                        at: Date()
                    )
                }
            }
            count += claimed.count
        }
        return watch.rate(of: count)
    }

    private static func claim(upTo limit: Int, in transaction: Transaction) throws -> [Job] {
        let now = Date()
        return try transaction.claimableJobs(of: .look, on: .local, now: now, limit: limit).map { job in
            let event = JobEvent.launched(
                tokenHash: Secret.random().hash,
                until: now + 60,
                deadline: now + 3_600
            )
            return try transaction.transition(job, by: event, at: now)
        }
    }

    /// The time at which the current job was inserted.
    private final class InsertTime: Sendable {
        let value = Mutex(ContinuousClock.now)
    }

    /// How long each of many jobs waits for a claimer that sleeps until the bell rings.
    private static func claimLatencies(
        in store: SQLiteStore,
        _ durability: SQLiteStore.Durability
    ) async throws -> [Duration] {
        let clock = ContinuousClock()
        let (waits, wait) = AsyncStream.makeStream(of: Duration.self)
        let insertTime = InsertTime()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in store.jobBell.rings {
                    let claimed = try await store.write(durability) { try claim(upTo: 1, in: $0) }
                    if !claimed.isEmpty { wait.yield(clock.now - insertTime.value.withLock { $0 }) }
                }
            }
            var latencies: [Duration] = []
            var results = waits.makeAsyncIterator()
            for _ in 0..<1_000 {
                insertTime.value.withLock { $0 = clock.now }
                try await store.write(durability) { _ = try $0.insert(noOp()) }
                if let latency = await results.next() { latencies.append(latency) }
            }
            group.cancelAll()
            return latencies.sorted()
        }
    }

    /// Sixteen workers report to the queue without a pause, as the HTTP API does for them.
    private static func eventsPerSecond(in store: SQLiteStore, perReport count: Int) async throws -> Rate {
        let queue = JobQueue(
            store: store,
            walrus: WalrusAccess(aggregators: [], publisher: "", epochs: 1, authorization: .none)
        )
        let workers = try await (0..<16).asyncMap { _ in try await worker(of: queue) }
        let watch = Stopwatch()
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in workers {
                group.addTask {
                    var sequence = 0
                    while watch.seconds < 4 {
                        let events = (1...count).map { offset in
                            let share = Double((sequence + offset) % 1_000) / 1_000
                            return EventBatch.Numbered(
                                sequence: sequence + offset,
                                event: .progress(fraction: share, note: "\(offset) trees")
                            )
                        }
                        let batch = EventBatch(events: events)
                        _ = try await queue.report(batch, of: worker.job, leaseToken: worker.leaseToken)
                        sequence += count
                    }
                    return sequence
                }
            }
            return try await group.reduce(0, +)
        }
        return watch.rate(of: total)
    }

    /// Enqueues a run and claims its job.
    private static func worker(of queue: JobQueue) async throws -> (job: JobID, leaseToken: Secret) {
        let (launchToken, leaseToken, now) = (Secret.random(), Secret.random(), Date())
        let id = try await queue.store.write { transaction in
            let work = Work.train(TrainArguments(dataset: blob))
            let job = try transaction.enqueueRun(work, origin: origin, at: now).job
            let event = JobEvent.launched(
                tokenHash: launchToken.hash,
                until: now + 60,
                deadline: now + 3_600
            )
            return try transaction.transition(job, by: event, at: now).id
        }
        _ = try await queue.claim(id, launchToken: launchToken, leaseToken: leaseToken)
        return (id, leaseToken)
    }
}

/// Events per second of real time and of this process's CPU time.
private struct Rate {
    let perSecond: Double
    let perCPUSecond: Double

    var text: String { String(format: "%6.0f a second   %6.0f a CPU second", perSecond, perCPUSecond) }
}

/// Real time and CPU time since the initialisation.
private struct Stopwatch: Sendable {
    private let start = ContinuousClock.now
    private let used = Self.cpuSeconds

    var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

    func rate(of count: Int) -> Rate {
        Rate(perSecond: Double(count) / seconds, perCPUSecond: Double(count) / (Self.cpuSeconds - used))
    }

    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
