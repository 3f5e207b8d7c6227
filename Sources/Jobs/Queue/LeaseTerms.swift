import Contract
import Store

/// The time limits and retries of jobs.
package struct LeaseTerms: Sendable {
    /// How long a worker may send no report before it is treated as lost.
    package var lease: Duration = .seconds(60)
    /// The time between two reports of a worker; the worker learns of a cancellation from the reply to its next report.
    package var next: Duration = .seconds(1)
    /// The time limit of one attempt of work that has no time limit of its own.
    package var attemptLimit: Duration = .seconds(TrainArguments.defaultHours * 3_600)
    /// The most workers that a job may lose before it fails; the job fails when it loses one more.
    package var maxRescues = 3
    package var backoff = Backoff()

    package init() {}

    /// The time limit of one attempt: the limit of the work or the limit of the engine, whichever is shorter.
    func timeLimit(of job: Job) -> Duration {
        let limit = job.work.timeLimit ?? attemptLimit
        return job.engine.attemptLimitHours.map { min(limit, .seconds($0 * 3_600)) } ?? limit
    }
}
