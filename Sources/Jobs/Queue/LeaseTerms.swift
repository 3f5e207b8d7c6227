import Contract

/// The time limits and retries of jobs.
package struct LeaseTerms: Sendable {
    /// The time without a report after which a worker counts as lost.
    package var lease: Duration = .seconds(60)
    /// The time between two reports of a worker; a request to cancel arrives within two of them.
    package var next: Duration = .seconds(1)
    /// The time limit of one attempt, unless the work has its own.
    package var deadline: Duration = .seconds(TrainArguments.defaultHours * 3_600)
    /// The most workers that a job may lose; the next lost worker fails it.
    package var maxRescues = 3
    package var backoff = Backoff()

    package init() {}
}
