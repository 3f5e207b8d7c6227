import Contract
import Foundation
import Logging
import Store

/// How the runner ends attempts whose worker was lost, does not report, or exceeds the time limit.
extension JobRunner {
    /// Ends all such attempts.
    ///
    /// They are ended concurrently, because stopping a worker may take long.
    func rescueLost(now: Date) async throws {
        let running = try await queue.store.read { try $0.runningJobs() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for job in running {
                group.addTask {
                    guard let event = await verdict(on: job, now: now) else { return }
                    try await endAttempt(of: job, by: event, now: now)
                }
            }
            try await group.waitForAll()
        }
    }

    /// Applies `event` to the job, then stops the job's worker.
    ///
    /// Does nothing if the worker has reported in the meantime. The job is saved before the worker is stopped, so that
    /// the worker continues if the database cannot be written.
    private func endAttempt(of job: Job, by event: JobEvent, now: Date) async throws {
        logger.warning("ending an attempt", metadata: ["job.id": "\(job.id)", "event": "\(event)"])
        let lastWords = await lastWords(of: job)
        let isEnded = try await queue.store.write { transaction in
            guard let current = try transaction.job(job.id), current.leaseUntil == job.leaseUntil,
                current.state == .running
            else { return false }
            for line in lastWords { try transaction.append(log: line, toJob: job.id, at: now) }
            try transaction.transition(current, by: event, at: now)
            return true
        }
        if isEnded { await stopWorker(of: job) }
    }

    /// The event that ends the job's attempt; nil if the attempt may continue.
    private func verdict(on job: Job, now: Date) async -> JobEvent? {
        if let late = exceededTimeLimit(of: job, now: now) { return late }
        let lost = JobEvent.lost(maxRescues: queue.terms.maxRescues)
        guard let until = job.leaseUntil, until >= now else { return lost }
        guard let handle = job.handle, let engine = engine(of: job) else { return nil }
        // A worker learns of a cancel only when it reports. Until then, a machine that is still booting costs money.
        if job.cancelRequested, job.leaseTokenHash == nil { return lost }
        return await engine.status(of: handle) == .lost ? lost : nil
    }

    /// The last lines that the worker printed, for the job's log.
    private func lastWords(of job: Job) async -> [String] {
        guard let handle = job.handle, let engine = engine(of: job) else { return [] }
        return await engine.lastWords(of: handle)
    }

    private func stopWorker(of job: Job) async {
        guard let handle = job.handle, let engine = engine(of: job) else { return }
        do {
            try await engine.stop(handle)
        } catch {
            logger.error(
                "cannot stop the worker of an ended attempt",
                metadata: ["handle": "\(handle)", "error": "\(error)"]
            )
        }
    }
}
