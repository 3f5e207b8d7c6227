/// An event that a worker reports about its job.
///
/// The last event of an attempt is `completed`, `failed` or `cancelled`.
package enum WorkerEvent: Codable, Equatable, Sendable {
    /// A phase begins.
    case phase(name: Phase)
    /// The progress of the current phase, 0 to 1.
    ///
    /// `note` is a short text for people, such as "62 of 100 trees".
    case progress(fraction: Double, note: String?)
    /// A line for the run's log.
    case log(line: String)
    case completed(outcome: Outcome)
    case failed(failure: Failure)
    /// The worker stopped because the bot asked it to.
    case cancelled

    /// Whether this is the last event of an attempt.
    package var isTerminal: Bool {
        switch self {
        case .phase, .progress, .log: false
        case .completed, .failed, .cancelled: true
        }
    }
}
