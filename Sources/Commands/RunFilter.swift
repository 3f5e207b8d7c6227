import Store

/// Which runs `/runs` lists.
package enum RunFilter: String, CaseIterable, Sendable {
    case all, waiting, running, succeeded, failed, cancelled

    var states: [Job.State] {
        switch self {
        case .all: Job.State.allCases
        case .waiting: [.available, .scheduled, .retryable]
        case .running: [.running]
        case .succeeded: [.completed]
        case .failed: [.discarded]
        case .cancelled: [.cancelled]
        }
    }
}
