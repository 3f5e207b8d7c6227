package import Contract
package import Foundation

/// Everything that can happen to a job.
package enum JobEvent: Equatable, Sendable {
    /// The runner is about to have a worker started, which may claim the job with the token behind this hash.
    case launched(tokenHash: Data, until: Date, deadline: Date)
    /// The engine started the worker, and calls it by this name.
    case started(handle: String)
    /// The worker claimed the job, and made a lease token of its own.
    case claimed(leaseTokenHash: Data, until: Date)
    /// The worker was heard of.
    case renewed(until: Date)
    /// The worker reports something.
    case reported(WorkerEvent, retryAfter: Duration)
    /// The bot's own verdict: no worker could be started, or it took too long.
    case failed(Failure, retryAfter: Duration)
    /// There is no room for it now: it waits, as if nobody had tried.
    case snoozed(until: Date)
    /// Nobody got to start it, because the bot ends: it waits for the next one, as if nobody had tried.
    case released
    /// It was found out what it would cost, in dollars.
    case priced(Double)
    /// Somebody who may has agreed to the price.
    case consented
    /// A person asked to stop.
    case cancelRequested
    /// The lease ran out.
    case lost(maxRescues: Int)
}
