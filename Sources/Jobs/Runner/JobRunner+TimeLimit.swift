import Contract
import Foundation
import Store

/// How long an attempt may take, and how an attempt that takes longer fails.
extension JobRunner {
    /// The time limit of one attempt: the limit of the work, but no more than the limit of the engine.
    func timeLimit(of job: Job) -> Duration {
        let limit = job.work.timeLimit ?? queue.terms.deadline
        return job.engine.longestRunHours.map { min(limit, .seconds($0 * 3_600)) } ?? limit
    }

    /// The event that ends the job's attempt because it has exceeded its time limit; nil if it has not.
    func exceededTimeLimit(of job: Job, now: Date) -> JobEvent? {
        guard let deadline = job.deadline, deadline < now else { return nil }
        let hours = timeLimit(of: job).components.seconds / 3_600
        let failure = Failure(
            phase: job.phase,
            reason: "it took longer than the \(hours) hours that a run may take",
            advice: "Give it more time, or try fewer trees, less depth or a smaller dataset.",
            remedy: .moreTime
        )
        return .failed(failure, retryAfter: .zero)
    }
}
