import Contract
package import Foundation
package import Logging
import ServiceLifecycle
import Store

/// Launches waiting jobs, makes engines start their workers, and rescues jobs whose worker was lost.
///
/// Every pass reads the jobs from the database, so the first pass after a crash needs no special treatment.
package struct JobRunner: Service {
    let queue: JobQueue
    let engines: [any Engine]
    /// The URL at which workers on this machine reach the bot.
    let bot: String
    let logger: Logger
    let clock: any Clock<Duration>

    private static let passInterval = Duration.seconds(1)
    private static let sweepInterval = Duration.seconds(60)

    package init(
        queue: JobQueue,
        engines: [any Engine],
        bot: String,
        logger: Logger,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.queue = queue
        self.engines = engines
        self.bot = bot
        self.logger = logger
        self.clock = clock
    }

    /// Makes a pass at every ring of the job bell and once a second, until shut down.
    package func run() async throws {
        try await extendLeases(now: Date())
        await sweep()
        let bell = queue.store.jobBell
        bell.ring()
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await bell.ring(every: Self.passInterval, clock: clock) }
            group.addTask {
                while true {
                    try await clock.sleep(for: Self.sweepInterval)
                    await sweep()
                }
            }
            await withDiscardingTaskGroup { starts in
                var (watch, didFail) = (ClockWatch(), false)
                for await _ in bell.rings.cancelOnGracefulShutdown() {
                    await followClock(&watch)
                    // A start may take minutes; other jobs must not wait for it.
                    for launched in await rescueAndLaunch(now: Date(), didFail: &didFail) {
                        starts.addTask { await start(launched) { Date() } }
                    }
                }
                starts.cancelAll()
            }
            group.cancelAll()
        }
    }

    /// Makes one pass at `now`, and waits until the start of each launched worker has succeeded or failed.
    ///
    /// `didFail` says whether the previous pass could not write the database.
    package func runOnce(now: Date = Date(), didFail: Bool = false) async {
        var didFail = didFail
        let launched = await rescueAndLaunch(now: now, didFail: &didFail)
        await withDiscardingTaskGroup { starts in
            for launched in launched { starts.addTask { await start(launched) { now } } }
        }
    }

    /// Rescues lost jobs, then launches waiting jobs; returns the jobs whose workers must be started.
    ///
    /// If the previous pass could not write the database, the workers could not renew their leases either, so every
    /// lease is extended first.
    private func rescueAndLaunch(now: Date, didFail: inout Bool) async -> [Launched] {
        let mustExtend = didFail
        didFail = true
        var launched: [Launched] = []
        await logging("the job runner's pass failed") {
            if mustExtend { try await extendLeases(now: now) }
            try await rescueLost(now: now)
            // If only the launch fails, the next pass need not extend leases.
            didFail = false
            launched = try await launch(now: now)
        }
        return launched
    }

    /// If the machine's clock has jumped, moves all pending times by the length of the jump, so that no lease ends too
    /// early or late.
    private func followClock(_ watch: inout ClockWatch) async {
        guard let jump = watch.jump() else { return }
        logger.warning(
            "the machine's clock was set, or the machine was suspended",
            metadata: ["seconds": "\(jump)"]
        )
        await logging("pending times cannot be moved with the clock") {
            try await queue.store.write { try $0.shiftTimes(by: jump) }
        }
    }

    /// Runs `work` and logs its error, because the next pass or sweep will try again.
    func logging(_ failure: Logger.Message, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch is CancellationError {
            // The bot is shutting down. Its next start will do the work.
        } catch {
            logger.error(failure, metadata: ["error": "\(error)"])
        }
    }

    /// Extends the lease of every running job to its full length, and caps the waits of the other jobs and of messages.
    ///
    /// Needed because no worker could renew its lease while the bot did not run or could not write the database.
    package func extendLeases(now: Date) async throws {
        try await queue.store.write { transaction in
            for job in try transaction.runningJobs() {
                let until = now.addingTimeInterval(lease(of: job) / .seconds(1))
                guard (job.leaseUntil ?? now) < until else { continue }
                try transaction.transition(job, by: .renewed(until: until), at: now)
            }
            try transaction.capWaits(now: now)
        }
    }

    /// The length of the job's lease.
    ///
    /// Before a worker has claimed the job, it is the start lease of the job's engine.
    private func lease(of job: Job) -> Duration {
        guard job.leaseTokenHash == nil, let engine = engine(of: job) else { return queue.terms.lease }
        return engine.startLease
    }

    /// The engine of the job; nil if this bot does not have it.
    func engine(of job: Job) -> (any Engine)? { engines.first { $0.name == job.engine } }
}
