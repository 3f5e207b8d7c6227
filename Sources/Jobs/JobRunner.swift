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
    let clock: any Clock<Duration>

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
            await withDiscardingTaskGroup { starts in
                var (watch, wasAway) = (ClockWatch(), false)
                for await _ in bell.rings.cancelOnGracefulShutdown() {
                    await follow(&watch)
                    // A machine may take minutes to start, and nobody else waits for it.
                    for launched in await look(now: Date(), wasAway: &wasAway) {
                        starts.addTask { await start(launched) { Date() } }
                    }
                }
                starts.cancelAll()
            }
            group.cancelAll()
        }
    }

    /// One look at the rows at `now`, until all that it starts has come to something.
    ///
    /// `wasAway`: the look before failed.
    package func turn(now: Date = Date(), wasAway: Bool = false) async {
        var wasAway = wasAway
        let launched = await look(now: now, wasAway: &wasAway)
        await withDiscardingTaskGroup { starts in
            for launched in launched { starts.addTask { await start(launched) { now } } }
        }
    }

    /// Rescues what is lost, and launches what waits and fits; returns what is to be started.
    ///
    /// While the rows could not be written, no worker could renew its lease: then each gets one more.
    private func look(now: Date, wasAway: inout Bool) async -> [Launched] {
        let didFail = wasAway
        wasAway = true
        var launched: [Launched] = []
        await trying("the job runner's look at the rows failed") {
            if didFail { try await extendLeases(now: now) }
            try await rescueLost(now: now)
            // A launch that fails again and again keeps no silent worker's lease alive.
            wasAway = false
            launched = try await launch(now: now)
        }
        return launched
    }

    /// Takes jobs out of the way that no turn could ever start, and leftovers of workers that nobody waits for.
    package func patrol(now: Date = Date()) async {
        await trying("the job runner's patrol failed") {
            try await setAsideUnreadable(now: now)
            try await failHomeless(now: now)
            for engine in engines {
                await trying("an engine cannot be swept") { try await sweep(engine, now: now) }
            }
            let running = try await queue.store.read { try $0.runningJobs() }.compactMap(\.id)
            for engine in engines { await engine.tidy(keeping: Set(running)) }
        }
    }

    /// Stops workers that no row speaks of, and gives rows back the worker whose start a crash left unwritten.
    ///
    /// The engine is asked first: what it has by then was in a row before it was started.
    private func sweep(_ engine: any Engine, now: Date) async throws {
        let found = try await engine.list()
        guard !found.isEmpty else { return }
        let running = try await queue.store.read { try $0.runningJobs() }.filter { $0.engine == engine.name }
        let jobs = Dictionary(running.map { (WorkerKey(of: $0), $0) }) { $1 }
        for (key, handle) in found {
            if let job = jobs[key] {
                guard job.handle == nil else { continue }
                try await queue.store.write { transaction in
                    guard let current = try transaction.job(key.job), current.handle == nil,
                        current.state == .running, WorkerKey(of: current) == key
                    else { return }
                    try transaction.move(current, by: .started(handle: handle), at: now)
                }
            } else {
                logger.warning("a worker that nobody waits for is stopped", metadata: ["worker": "\(key)"])
                try await engine.stopOrphan(handle)
            }
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
