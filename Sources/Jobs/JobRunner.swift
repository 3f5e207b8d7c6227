import Contract
package import Foundation
package import Logging
import ServiceLifecycle
import Store

/// Has workers started for jobs that wait, and rescues jobs whose worker fell silent.
///
/// It keeps nothing in memory: each turn reads the rows, so a turn may be the first after a crash.
package struct JobRunner: Service {
    private let queue: JobQueue
    private let engines: [any Engine]
    /// Where workers of this machine reach the bot.
    private let bot: String
    private let logger: Logger
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
        let bell = queue.store.jobBell
        bell.ring()
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    try await clock.sleep(for: .seconds(1))
                    bell.ring()
                }
            }
            for await _ in bell.rings.cancelOnGracefulShutdown() { await turn() }
            group.cancelAll()
        }
    }

    /// One look at the rows at `now`: first what nobody can read goes out of the way, then rescues, then starts.
    package func turn(now: Date = Date()) async {
        do {
            try await setAsideUnreadable(now: now)
            try await rescueLost(now: now)
            try await startWaiting(now: now)
        } catch {
            logger.error("the job runner's turn failed", metadata: ["error": "\(error)"])
        }
    }

    /// Gives every worker one more lease: while the bot was away nobody could renew one.
    package func extendLeases(now: Date) async throws {
        let until = now.addingTimeInterval(queue.terms.lease / .seconds(1))
        try await queue.store.write { transaction in
            for job in try transaction.runningJobs() where (job.leaseUntil ?? now) < until {
                try transaction.move(job, by: .renewed(until: until), at: now)
            }
        }
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

    private func rescueLost(now: Date) async throws {
        let running = try await queue.store.read { try $0.runningJobs() }
        for job in running {
            guard let event = verdict(on: job, now: now) else { continue }
            logger.warning("worker given up", metadata: ["job.id": "\(job.id ?? 0)", "verdict": "\(event)"])
            await stopWorker(of: job)
            try await queue.store.write { transaction in
                // It may have been heard of while it was being stopped.
                guard let current = try transaction.job(job.id ?? 0), current.leaseUntil == job.leaseUntil,
                    current.state == .running
                else { return }
                try transaction.move(current, by: event, at: now)
            }
        }
    }

    /// What silence or slowness does to a running job; nil while all is well.
    private func verdict(on job: Job, now: Date) -> JobEvent? {
        if let deadline = job.deadline, deadline < now {
            let hours = Int(queue.terms.deadline.components.seconds / 3_600)
            let failure = Failure(
                phase: job.phase,
                reason: "it took longer than the \(hours) hours that a run may take",
                advice: "Try fewer trees, less depth or a smaller dataset."
            )
            return .failed(failure, retryAfter: .zero)
        }
        guard let until = job.leaseUntil, until < now else { return nil }
        return .lost(maxRescues: queue.terms.maxRescues)
    }

    private func startWaiting(now: Date) async throws {
        let (waiting, running) = try await queue.store.read { transaction in
            (try transaction.claimableJobs(now: now), try transaction.runningJobs())
        }
        var atWork = running
        for job in waiting {
            guard let engine = engines.first(where: { $0.name == job.engine }) else { continue }
            let taken = atWork.count { $0.engine == job.engine && $0.kind == job.kind }
            guard taken < engine.capacity(for: job.kind) else { continue }
            try await start(job, by: engine, now: now)
            atWork.append(job)
        }
    }

    /// Writes the token's hash before the worker can use it, so that a crash in between costs one lease and no more.
    private func start(_ job: Job, by engine: any Engine, now: Date) async throws {
        let token = Secret.random()
        let launched = JobEvent.launched(
            tokenHash: token.hash,
            until: now.addingTimeInterval(engine.startLease / .seconds(1)),
            deadline: now.addingTimeInterval(queue.terms.deadline / .seconds(1))
        )
        _ = try await queue.store.write { try $0.move(job, by: launched, at: now) }
        do {
            let launch = Launch(bot: bot, job: job.id ?? 0, launchToken: token.text)
            let handle = try await engine.start(launch)
            try await settle(job, by: .started(handle: handle), now: now)
        } catch is CancellationError {
            try await settle(job, by: .released, now: now)
        } catch EngineError.noRoom(let wait) {
            try await settle(job, by: .snoozed(until: now.addingTimeInterval(wait / .seconds(1))), now: now)
        } catch {
            logger.error("no worker started", metadata: ["job.id": "\(job.id ?? 0)", "error": "\(error)"])
            try await giveUp(job, because: error, now: now)
        }
    }

    /// A job whose worker could not even be started is tried again later, and fails in the end.
    private func giveUp(_ job: Job, because error: any Error, now: Date) async throws {
        let failure = Failure(
            phase: nil,
            reason: "\(error)",
            advice: "Tell whoever runs this bot; then try again with /retry.",
            isTemporary: true
        )
        try await settle(job, by: .failed(failure, retryAfter: .seconds(5)), now: now)
    }

    /// Moves the job as it stands now, unless it has come to its end by itself meanwhile.
    private func settle(_ job: Job, by event: JobEvent, now: Date) async throws {
        try await queue.store.write { transaction in
            guard let current = try transaction.job(job.id ?? 0), !current.state.isTerminal else { return }
            try transaction.move(current, by: event, at: now)
        }
    }

    private func stopWorker(of job: Job) async {
        guard let handle = job.handle, let engine = engines.first(where: { $0.name == job.engine }) else {
            return
        }
        do {
            try await engine.stop(handle)
        } catch {
            logger.error("cannot stop a lost worker", metadata: ["handle": "\(handle)", "error": "\(error)"])
        }
    }
}
