import Contract
import Foundation
import Store

/// How an attempt fails that exceeds its time limit.
extension JobRunner {
    /// The event that ends the job's attempt because it has exceeded its time limit; nil if it has not.
    func exceededTimeLimit(of job: Job, now: Date) -> JobEvent? {
        guard let deadline = job.deadline, deadline < now else { return nil }
        let hours = queue.terms.timeLimit(of: job).components.seconds / 3_600
        let failure = Failure(
            phase: job.phase,
            reason: "it took longer than the \(hours) hours that a run may take",
            advice: "Give it more time, or try fewer trees, less depth or a smaller dataset.",
            remedy: .moreTime
        )
        return .failed(failure, retryAfter: .zero)
    }
}
