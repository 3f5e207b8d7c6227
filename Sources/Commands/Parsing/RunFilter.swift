import Store

/// The runs that `/runs` lists.
package enum RunFilter: String, CaseIterable, Sendable {
    case all, waiting, running, succeeded, failed, cancelled

    var states: [Job.State] {
        switch self {
        case .all: Job.State.allCases
        case .waiting: Job.State.waiting
        case .running: [.running]
        case .succeeded: [.completed]
        case .failed: [.discarded]
        case .cancelled: [.cancelled]
        }
    }
}
