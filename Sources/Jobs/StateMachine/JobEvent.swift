package import Contract
package import Foundation

/// The events of a job's state machine.
package enum JobEvent: Equatable, Sendable {
    /// The runner is about to start a worker, which may claim the job until `until` with the token that has this hash.
    case launched(tokenHash: Data, until: Date, deadline: Date)
    /// The engine started the worker.
    case started(handle: String)
    /// The worker claimed the job, with a lease token that it made itself.
    case claimed(leaseTokenHash: Data, until: Date)
    /// The worker's lease was renewed.
    case renewed(until: Date)
    /// The worker reported an event; a temporary failure is retried after `retryAfter`.
    case reported(WorkerEvent, number: Int, retryAfter: Duration)
    /// The bot itself failed the job: no worker could be started, or the deadline has passed.
    case failed(Failure, retryAfter: Duration)
    /// The engine has no room now: the job waits, and the attempt does not count.
    case snoozed(until: Date)
    /// The bot shut down before the worker was started: the job waits, and the attempt does not count.
    case released
    /// The engine gave the price, in dollars.
    case priced(Double)
    /// An admin agreed to the price.
    case consented
    /// A person asked to cancel the job.
    case cancelRequested
    /// The lease ran out, or the engine lost the worker.
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
