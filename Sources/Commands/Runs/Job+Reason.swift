import Contract
import Store

extension Job {
    /// Why the job failed: a phrase that fits inside a sentence.
    var reason: String { failure?.reason ?? "the reason is unknown" }
}
