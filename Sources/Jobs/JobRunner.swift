import Contract
package import Foundation
package import Logging
import ServiceLifecycle
import Store

/// Has workers started for jobs that wait, and rescues jobs whose worker fell silent.
///
/// It keeps nothing in memory: each turn reads the rows, so a turn may be the first after a crash.
package struct JobRunner: Service {
    let queue: JobQueue
    let engines: [any Engine]
    /// Where workers of this machine reach the bot.
    let bot: String
    let logger: Logger
    private let clock: any Clock<Duration>

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

    /// Works until shut down: at every ring of the bell, and once a second for what only time brings.
    package func run() async throws {
        try await extendLeases(now: Date())
        await patrol()
        let bell = queue.store.jobBell
        bell.ring()
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    try await clock.sleep(for: .seconds(1))
                    bell.ring()
                }
            }
            group.addTask {
                while true {
                    try await clock.sleep(for: .seconds(60))
                    await patrol()
                }
            }
            var watch = ClockWatch()
            for await _ in bell.rings.cancelOnGracefulShutdown() {
                await follow(&watch)
                await turn()
            }
            group.cancelAll()
        }
    }

    /// One look at the rows at `now`: first rescues, then starts.
    package func turn(now: Date = Date()) async {
        await trying("the job runner's turn failed") {
            try await rescueLost(now: now)
            try await startWaiting(now: now)
        }
    }

    /// Takes jobs out of the way that no turn could ever start, and leftovers of workers that nobody waits for.
    package func patrol(now: Date = Date()) async {
        await trying("the job runner's patrol failed") {
            try await setAsideUnreadable(now: now)
            try await failHomeless(now: now)
            let running = try await queue.store.read { try $0.runningJobs() }.compactMap(\.id)
            for engine in engines { await engine.tidy(keeping: Set(running)) }
        }
    }

    /// Moves what lies ahead along with the machine's clock, so that nobody's lease ends because it was set.
    private func follow(_ watch: inout ClockWatch) async {
        guard let jump = watch.jump() else { return }
        logger.warning("the machine's clock was set", metadata: ["seconds": "\(jump)"])
        await trying("the clock cannot be followed") {
            try await queue.store.write { try $0.shiftTimes(by: jump) }
        }
    }

    /// What fails now is logged, and tried again at the next turn.
    private func trying(_ failure: Logger.Message, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch is CancellationError {
            // Shut down in the middle of it: the next start looks anew.
        } catch {
            logger.error(failure, metadata: ["error": "\(error)"])
        }
    }

    /// Gives every worker one more lease: while the bot was away nobody could renew one.
    package func extendLeases(now: Date) async throws {
        try await queue.store.write { transaction in
            for job in try transaction.runningJobs() {
                let until = now.addingTimeInterval(lease(of: job) / .seconds(1))
                guard (job.leaseUntil ?? now) < until else { continue }
                try transaction.move(job, by: .renewed(until: until), at: now)
            }
            try transaction.shortenWaits(now: now)
        }
    }

    /// A worker that has not claimed its job has as long as its engine gives for that.
    private func lease(of job: Job) -> Duration {
        guard job.leaseTokenHash == nil, let engine = engines.first(where: { $0.name == job.engine }) else {
            return queue.terms.lease
        }
        return engine.startLease
    }

    /// A row that nobody can read would be looked at for ever; its chat hears that it is given up.
    private func setAsideUnreadable(now: Date) async throws {
        guard try await !queue.store.read({ try $0.unreadableJobs() }).isEmpty else { return }
        let given = try await queue.store.write { transaction in
            let jobs = try transaction.unreadableJobs()
            for job in jobs { try transaction.giveUp(job, at: now) }
            return jobs
        }
        for job in given { logger.error("a job's row is unreadable", metadata: ["job.id": "\(job.id)"]) }
    }
}
