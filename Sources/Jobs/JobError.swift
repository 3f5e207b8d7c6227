package import Store

/// Why something cannot happen to a job.
package enum JobError: Error, Equatable, CustomStringConvertible {
    /// The job has come to its end, which is final.
    case ended(Job.State)
    /// The event does not fit the state that the job is in.
    case impossible(event: String, state: Job.State)
    /// The token opens nothing: never made, used by another worker, or made void since.
    case unauthorized

    package var description: String {
        switch self {
        case .ended(let state): "the job has ended already (\(state.rawValue))"
        case .impossible(let event, let state): "a job that is \(state.rawValue) cannot be \(event)"
        case .unauthorized: "this token opens nothing here"
        }
    }
}
