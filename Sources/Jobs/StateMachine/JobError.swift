package import Store

/// Why an event or a request is refused for a job.
package enum JobError: Error, Equatable, CustomStringConvertible {
    /// The job has ended, so no event can happen to it.
    case ended(Job.State)
    /// The event cannot happen in the job's state.
    case impossible(JobEvent.Kind, state: Job.State)
    /// The token is not valid: it is unknown, belongs to another worker, or was revoked.
    case unauthorized
    /// The worker's protocol has this version, but the bot supports only `supported`.
    case unsupportedProtocol(Int, supported: ClosedRange<Int>)

    package var description: String {
        switch self {
        case .ended(let state): "the job has ended already (\(state.rawValue))"
        case .impossible(let event, let state):
            "the event \"\(event.rawValue)\" cannot happen to a job that is \(state.rawValue)"
        case .unauthorized: "this token is not valid"
        case .unsupportedProtocol(let version, let supported) where version < supported.lowerBound:
            "this worker speaks protocol \(version), and the bot needs \(supported.lowerBound) or later: build a new "
                + "image with /build, or update okai-worker"
        case .unsupportedProtocol(let version, let supported):
            "this worker speaks protocol \(version), and the bot supports protocols up to \(supported.upperBound): update "
                + "the bot"
        }
    }
}
