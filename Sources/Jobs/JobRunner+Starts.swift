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
    private struct Launched: Sendable {
        let job: Job
        let token: Secret
    }

    /// Starts what waits and fits, all at once.
    func startWaiting(now: Date) async throws {
        let launched = try await launch(now: now)
        await withDiscardingTaskGroup { group in
            for launched in launched { group.addTask { await start(launched, now: now) } }
        }
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
    private func launch(now: Date) async throws -> [Launched] {
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

    private func start(_ launched: Launched, now: Date) async {
        let id = launched.job.id ?? 0
        do {
            guard let engine = engines.first(where: { $0.name == launched.job.engine }) else { return }
            try await settle(launched, by: await outcome(of: launched, on: engine, now: now), now: now)
        } catch {
            logger.error("a start cannot be noted", metadata: ["job.id": "\(id)", "error": "\(error)"])
        }
    }

    /// Has the worker started, and says what came of it.
    private func outcome(of launched: Launched, on engine: any Engine, now: Date) async -> JobEvent {
        let id = launched.job.id ?? 0
        do {
            let launch = Launch(bot: bot, job: id, launchToken: launched.token.text)
            return .started(handle: try await engine.start(launch, as: WorkerKey(of: launched.job)))
        } catch is CancellationError {
            return .released
        } catch EngineError.noRoom(let wait) {
            return .snoozed(until: now.addingTimeInterval(wait / .seconds(1)))
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
