import Contract
import Foundation
import Logging
import Store

/// How the runner has workers started.
extension JobRunner {
    /// How long a job may take: what it was given, and no longer than machines of its engine live.
    func timeLimit(of job: Job, on engine: (any Engine)?) -> Duration {
        let given = job.work.timeLimit ?? queue.terms.deadline
        return min(given, engine?.deadline ?? given)
    }

    /// A job whose row says that a worker is on its way, and the token that the worker will claim it with.
    struct Launched: Sendable {
        let job: Job
        let token: Secret
    }

    /// Fails what waits for an engine that this bot does not have any more.
    func failHomeless(now: Date) async throws {
        let names = Set(engines.map(\.name))
        let homeless = try await queue.store.read { try $0.openJobs() }.filter { job in
            job.state != .running && !names.contains(job.engine)
        }
        guard !homeless.isEmpty else { return }
        try await queue.store.write { transaction in
            for job in homeless {
                let failure = Failure(
                    phase: nil,
                    reason: "this bot has no engine called \"\(job.engine)\"",
                    advice:
                        "Start it anew with engine=NAME; there are: \(names.sorted().joined(separator: ", ")).",
                    remedy: .otherEngine
                )
                try transaction.move(job, by: .failed(failure, retryAfter: .zero), at: now)
            }
        }
    }

    /// Writes the tokens' hashes before any worker can use them, so that a crash in between costs one lease and no more.
    func launch(now: Date) async throws -> [Launched] {
        try await queue.store.write { transaction in
            let running = try transaction.runningJobs()
            return try engines.flatMap { engine in
                try JobKind.queues.flatMap { kinds in
                    let taken = running.count { $0.engine == engine.name && kinds.contains($0.kind) }
                    let jobs = try kinds.flatMap { kind in
                        let free = engine.capacity(for: kind) - taken
                        return try transaction.claimableJobs(
                            of: kind,
                            on: engine.name,
                            now: now,
                            limit: free
                        )
                    }
                    let most = (kinds.map { engine.capacity(for: $0) }.max() ?? 0) - taken
                    let next = jobs.sorted { $0.isBefore($1) }.prefix(max(0, most))
                    return try next.map { try launch($0, by: engine, in: transaction, now: now) }
                }
            }
        }
    }

    private func launch(_ job: Job, by engine: any Engine, in transaction: Transaction, now: Date) throws
        -> Launched
    {
        let token = Secret.random()
        let event = JobEvent.launched(
            tokenHash: token.hash,
            until: now.addingTimeInterval(engine.startLease / .seconds(1)),
            deadline: now.addingTimeInterval(timeLimit(of: job, on: engine) / .seconds(1))
        )
        return Launched(job: try transaction.move(job, by: event, at: now), token: token)
    }

    /// Has a worker started for the job, and its row say what came of it; `time` tells what time it is by then.
    func start(_ launched: Launched, time: @Sendable () -> Date) async {
        let id = launched.job.id ?? 0
        do {
            guard let engine = engines.first(where: { $0.name == launched.job.engine }) else { return }
            try await settle(launched, by: await outcome(of: launched, on: engine, time: time), now: time())
        } catch {
            logger.error("a start cannot be noted", metadata: ["job.id": "\(id)", "error": "\(error)"])
        }
    }

    /// Has the worker started, and says what came of it.
    private func outcome(of launched: Launched, on engine: any Engine, time: @Sendable () -> Date) async
        -> JobEvent
    {
        let id = launched.job.id ?? 0
        do {
            return .started(handle: try await handle(of: launched, on: engine))
        } catch is CancellationError {
            return .released
        } catch EngineError.noRoom(let wait) {
            return .snoozed(until: time().addingTimeInterval(wait / .seconds(1)))
        } catch {
            logger.error("no worker started", metadata: ["job.id": "\(id)", "error": "\(error)"])
            // Tried again later, and failed in the end.
            let failure = Failure(
                phase: nil,
                reason: "\(error)",
                advice: "Tell whoever runs this bot; then try again with /retry.",
                isTemporary: true,
                remedy: .otherEngine
            )
            return .failed(failure, retryAfter: .seconds(5))
        }
    }

    /// The started worker's handle.
    ///
    /// - Throws: the engine's errors; `CancellationError` also where the run is cancelled before it has started.
    private func handle(of launched: Launched, on engine: any Engine) async throws -> String {
        let id = launched.job.id ?? 0
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

    private func isCancelled(_ job: Int64) async -> Bool {
        do {
            return try await queue.store.read { try $0.job(job)?.cancelRequested ?? true }
        } catch {
            return false  // what cannot be read now is looked at again
        }
    }

    /// Moves the job as it stands now, unless this attempt has come to its end by itself meanwhile.
    private func settle(_ launched: Launched, by event: JobEvent, now: Date) async throws {
        try await queue.store.write { transaction in
            guard let current = try transaction.job(launched.job.id ?? 0), current.state == .running,
                launched.token.opens(current.launchTokenHash)
            else { return }
            try transaction.move(current, by: event, at: now)
        }
    }
}
