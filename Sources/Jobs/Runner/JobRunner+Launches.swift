import Contract
import Foundation
import Logging
import Store

/// How the runner launches jobs (saves them as running), and then makes engines start the workers.
extension JobRunner {
    /// A job that was saved as running, and the token with which its worker will claim the job.
    struct Launched: Sendable {
        let job: Job
        let token: Secret
    }

    /// Launches the waiting jobs for which engines have room.
    ///
    /// The jobs are saved before the workers are started. If the bot crashes in between, such a job is launched again
    /// only after its start lease has run out.
    func launch(now: Date) async throws -> [Launched] {
        try await queue.store.write { transaction in
            let running = try transaction.runningJobs()
            return try engines.flatMap { engine in
                try JobKind.queues.flatMap { kinds in
                    let taken = running.count { $0.engine == engine.name && kinds.contains($0.kind) }
                    let waiting = try next(of: kinds, on: engine, beside: taken, in: transaction, now: now)
                    return try waiting.map { try launch($0, on: engine, in: transaction, now: now) }
                }
            }
        }
    }

    /// The next jobs of one queue for which the engine has room; the engine already runs `taken` jobs of the queue.
    private func next(
        of kinds: [JobKind],
        on engine: any Engine,
        beside taken: Int,
        in transaction: Transaction,
        now: Date
    ) throws -> [Job] {
        let jobs = try kinds.flatMap { kind in
            let free = engine.capacity(for: kind) - taken
            return try transaction.claimableJobs(of: kind, on: engine.name, now: now, limit: free)
        }
        let room = (kinds.map { engine.capacity(for: $0) }.max() ?? 0) - taken
        return Array(jobs.sorted { $0.isBefore($1) }.prefix(max(0, room)))
    }

    private func launch(_ job: Job, on engine: any Engine, in transaction: Transaction, now: Date) throws
        -> Launched
    {
        let token = Secret.random()
        let event = JobEvent.launched(
            tokenHash: token.hash,
            until: now.addingTimeInterval(engine.startLease / .seconds(1)),
            deadline: now.addingTimeInterval(queue.terms.timeLimit(of: job) / .seconds(1))
        )
        return Launched(job: try transaction.transition(job, by: event, at: now), token: token)
    }

    /// Makes the engine start the worker, and saves the result.
    ///
    /// `time` returns the current time; it is called when the start has succeeded or failed.
    func start(_ launched: Launched, time: @Sendable () -> Date) async {
        do {
            guard let engine = engine(of: launched.job) else { return }
            try await save(await result(of: launched, on: engine, time: time), of: launched, now: time())
        } catch {
            logger.error(
                "the result of a start cannot be saved",
                metadata: ["job.id": "\(launched.job.id)", "error": "\(error)"]
            )
        }
    }

    /// Starts the worker, and returns the event that tells the job how the start ended.
    private func result(of launched: Launched, on engine: any Engine, time: @Sendable () -> Date) async
        -> JobEvent
    {
        do {
            return .started(handle: try await startWorker(for: launched, on: engine))
        } catch is CancellationError {
            return .released
        } catch EngineError.noRoom(let wait) {
            return .snoozed(until: time().addingTimeInterval(wait / .seconds(1)))
        } catch {
            logger.error(
                "a worker cannot be started",
                metadata: ["job.id": "\(launched.job.id)", "error": "\(error)"]
            )
            let failure = Failure(
                phase: nil,
                reason: "\(error)",
                advice: "Tell the owner of this bot, then try again with /retry.",
                isTemporary: true,
                remedy: .otherEngine
            )
            return .failed(failure, retryAfter: .seconds(5))
        }
    }

    /// Starts the worker and returns its handle.
    ///
    /// - Throws: The errors of the engine; `CancellationError` if a person cancels the job, the job no longer exists,
    ///   or the bot shuts down.
    private func startWorker(for launched: Launched, on engine: any Engine) async throws -> String {
        let id = launched.job.id
        return try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                let launch = Launch(bot: bot, job: id, launchToken: launched.token.text)
                return try await engine.start(launch, as: WorkerKey(of: launched.job))
            }
            group.addTask {
                while await !isCancelled(id) { try await clock.sleep(for: .seconds(1)) }
                return nil
            }
            defer { group.cancelAll() }
            guard let handle = try await group.next() ?? nil else { throw CancellationError() }
            return handle
        }
    }

    private func isCancelled(_ job: JobID) async -> Bool {
        do {
            return try await queue.store.read { try $0.job(job)?.cancelRequested ?? true }
        } catch {
            return false  // The caller asks again after a second.
        }
    }

    /// Applies the result of the start to the job, unless this attempt has ended in the meantime.
    private func save(_ event: JobEvent, of launched: Launched, now: Date) async throws {
        try await queue.store.write { transaction in
            guard let current = try transaction.job(launched.job.id), current.state == .running,
                launched.token.opens(current.launchTokenHash)
            else { return }
            try transaction.transition(current, by: event, at: now)
        }
    }
}
