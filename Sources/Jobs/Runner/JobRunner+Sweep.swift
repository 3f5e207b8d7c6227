import Contract
package import Foundation
import Logging
import Store

/// The runner's sweep, once a minute: jobs that can never be launched, and leftovers of workers.
extension JobRunner {
    /// Ends jobs that can never be launched, and removes what workers of ended jobs have left behind.
    package func sweep(now: Date = Date()) async {
        await logging("the job runner's sweep failed") {
            try await discardUnreadable(now: now)
            try await failJobsWithoutEngine(now: now)
            for engine in engines {
                await logging("an engine's workers cannot be listed") {
                    try await reconcile(engine, now: now)
                }
            }
            let running = try await queue.store.read { try $0.runningJobs() }.map(\.id)
            for engine in engines { await engine.sweep(keeping: Set(running)) }
        }
    }

    /// Compares the engine's workers with the rows: stops workers without a running job, and saves handles that a crash
    /// prevented from being saved.
    ///
    /// The workers are listed before the rows are read. Because a row is written before its worker is started, every listed
    /// worker has its row then.
    private func reconcile(_ engine: any Engine, now: Date) async throws {
        let workers = try await engine.list()
        guard !workers.isEmpty else { return }
        let running = try await queue.store.read { try $0.runningJobs() }.filter { $0.engine == engine.name }
        let jobs = Dictionary(running.map { (WorkerKey(of: $0), $0) }) { $1 }
        for (key, handle) in workers {
            if let job = jobs[key] {
                if job.handle == nil { try await save(handle, ofWorker: key, now: now) }
            } else {
                logger.warning("a worker without a running job is stopped", metadata: ["worker": "\(key)"])
                try await engine.stopOrphan(handle)
            }
        }
    }

    private func save(_ handle: String, ofWorker key: WorkerKey, now: Date) async throws {
        try await queue.store.write { transaction in
            guard let job = try transaction.job(key.job), job.handle == nil, job.state == .running,
                WorkerKey(of: job) == key
            else { return }
            try transaction.transition(job, by: .started(handle: handle), at: now)
        }
    }

    /// Discards jobs whose rows cannot be decoded, which would wait for ever, and notifies their chats.
    private func discardUnreadable(now: Date) async throws {
        guard try await !queue.store.read({ try $0.unreadableJobs() }).isEmpty else { return }
        let discarded = try await queue.store.write { transaction in
            let jobs = try transaction.unreadableJobs()
            for job in jobs { try transaction.discardAndNotify(job, at: now) }
            return jobs
        }
        for job in discarded {
            logger.error("a job's row cannot be decoded", metadata: ["job.id": "\(job.id)"])
        }
    }

    /// Fails jobs that wait for an engine that this bot does not have any more.
    private func failJobsWithoutEngine(now: Date) async throws {
        let names = engines.map(\.name)
        let stranded = try await queue.store.read { try $0.openJobs() }.filter { job in
            job.state != .running && !names.contains(job.engine)
        }
        guard !stranded.isEmpty else { return }
        let list = names.map(\.rawValue).sorted().joined(separator: ", ")
        try await queue.store.write { transaction in
            for job in stranded {
                let failure = Failure(
                    phase: nil,
                    reason: "this bot has no engine called \"\(job.engine)\"",
                    advice: "Start it anew with engine=NAME; there are: \(list).",
                    remedy: .otherEngine
                )
                try transaction.transition(job, by: .failed(failure, retryAfter: .zero), at: now)
            }
        }
    }
}
