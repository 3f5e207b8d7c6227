import Contract
import Foundation
import Logging
import Store

/// What the runner does about workers that fell silent, or that take too long.
extension JobRunner {
    /// Stops the workers that are given up, all at once, and lets their jobs go on or end.
    func rescueLost(now: Date) async throws {
        let running = try await queue.store.read { try $0.runningJobs() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for job in running {
                group.addTask {
                    guard let event = await verdict(on: job, now: now) else { return }
                    try await giveUp(job, by: event, now: now)
                }
            }
            try await group.waitForAll()
        }
    }

    private func giveUp(_ job: Job, by event: JobEvent, now: Date) async throws {
        logger.warning("worker given up", metadata: ["job.id": "\(job.id ?? 0)", "verdict": "\(event)"])
        let lastWords = await lastWords(of: job)
        // First its row: a worker that is stopped while nothing can be written has worked for nothing.
        let isGivenUp = try await queue.store.write { transaction in
            // It may have been heard of meanwhile.
            guard let current = try transaction.job(job.id ?? 0), current.leaseUntil == job.leaseUntil,
                current.state == .running
            else { return false }
            for line in lastWords { try transaction.append(log: line, toJob: job.id ?? 0, at: now) }
            try transaction.move(current, by: event, at: now)
            return true
        }
        if isGivenUp { await stopWorker(of: job) }
    }

    /// What death, silence or slowness does to a running job; nil while all is well.
    private func verdict(on job: Job, now: Date) async -> JobEvent? {
        if let deadline = job.deadline, deadline < now {
            let limit = timeLimit(of: job, on: engines.first { $0.name == job.engine })
            let hours = Int(limit.components.seconds / 3_600)
            let failure = Failure(
                phase: job.phase,
                reason: "it took longer than the \(hours) hours that a run may take",
                advice: "Give it more time, or try fewer trees, less depth or a smaller dataset.",
                remedy: .moreTime
            )
            return .failed(failure, retryAfter: .zero)
        }
        let lost = JobEvent.lost(maxRescues: queue.terms.maxRescues)
        guard let until = job.leaseUntil, until >= now else { return lost }
        guard let handle = job.handle, let engine = engines.first(where: { $0.name == job.engine }) else {
            return nil
        }
        // A worker hears of a cancel when it reports; one that still boots would be paid for until it does.
        if job.cancelRequested, job.leaseTokenHash == nil { return lost }
        return await engine.status(of: handle) == .lost ? lost : nil
    }

    private func lastWords(of job: Job) async -> [String] {
        guard let handle = job.handle, let engine = engines.first(where: { $0.name == job.engine }) else {
            return []
        }
        return await engine.lastWords(of: handle)
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
