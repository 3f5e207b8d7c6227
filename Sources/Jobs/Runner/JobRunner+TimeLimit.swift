import Contract
import Foundation
import Store

/// The failure of an attempt that exceeds its time limit.
extension JobRunner {
    /// The event that ends the job's attempt if the attempt has exceeded its time limit; otherwise nil.
    func exceededTimeLimit(of job: Job, now: Date) -> JobEvent? {
        guard let deadline = job.deadline, deadline < now else { return nil }
        let hours = queue.terms.timeLimit(of: job).components.seconds / 3_600
        let failure = Failure(
            phase: job.phase,
            reason: "it took longer than its time limit of \(hours) h",
            advice: "Give it more time. "
                + "A training is faster with fewer trees, less depth or a smaller dataset.",
            remedy: .moreTime
        )
        return .failed(failure, retryAfter: .zero)
    }
}
