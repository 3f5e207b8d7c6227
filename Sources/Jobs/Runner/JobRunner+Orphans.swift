import Contract
import Foundation
import Logging
import Store

/// How the runner stops orphans: workers that run although they have no running job, for example after a crash of the
/// bot.
extension JobRunner {
    /// Stops the engine's workers that have no running job, and saves worker handles that are missing after a crash.
    ///
    /// The workers must be listed before the jobs are read. A job is saved as running before its worker is started, so
    /// a worker that has just started is not taken for an orphan.
    func stopOrphans(of engine: any Engine, now: Date) async throws {
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
}
