import Contract

/// The rules by which workers hold jobs.
package struct LeaseTerms: Sendable {
    /// How long a worker may be silent.
    package var lease: Duration = .seconds(60)
    /// How soon a worker is asked to report again; a cancel arrives within two of these.
    package var next: Duration = .seconds(1)
    /// How long one attempt may take, unless the work says otherwise.
    package var deadline: Duration = .seconds(TrainArguments.defaultHours * 3_600)
    /// How many workers a job may lose before it fails.
    package var maxRescues = 3
    package var backoff = Backoff()

    package init() {}
}
