package import Contract
package import Foundation

/// The events of a job's state machine.
package enum JobEvent: Equatable, Sendable {
    /// A worker is about to start, and may claim the job until `until` with the token that has this hash.
    case launched(tokenHash: Data, until: Date, deadline: Date)
    /// The engine started the worker.
    case started(handle: String)
    /// The worker claimed the job, with a lease token that it made itself.
    case claimed(leaseTokenHash: Data, until: Date)
    /// The worker's lease was renewed.
    case renewed(until: Date)
    /// The worker reported an event; if the event is a temporary failure, the job is retried after `retryAfter`.
    case reported(WorkerEvent, number: Int, retryAfter: Duration)
    /// The bot itself failed the job, for example because no worker could be started or the deadline has passed.
    case failed(Failure, retryAfter: Duration)
    /// The engine has no room now: the job waits, and the launch does not count as an attempt.
    case snoozed(until: Date)
    /// The start was stopped by a shutdown or a cancel: the job waits or ends, and the launch does not count as an
    /// attempt.
    case released
    /// The engine has told the price, in dollars.
    case priced(Double)
    /// An admin agreed to the price.
    case consented
    /// A person asked to cancel the job.
    case cancelRequested
    /// The lease ran out, the engine lost the worker, or the job was cancelled before a worker claimed it.
    case lost(maxRescues: Int)

    /// The events without their values.
    package enum Kind: String, CaseIterable, Sendable {
        case launched, started, claimed, renewed, reported, failed, snoozed, released, priced, consented
        case cancelRequested, lost
    }

    package var kind: Kind {
        switch self {
        case .launched: .launched
        case .started: .started
        case .claimed: .claimed
        case .renewed: .renewed
        case .reported: .reported
        case .failed: .failed
        case .snoozed: .snoozed
        case .released: .released
        case .priced: .priced
        case .consented: .consented
        case .cancelRequested: .cancelRequested
        case .lost: .lost
        }
    }
}
