import Contract
import Store

extension Job {
    /// Why the job failed, as the middle of a sentence.
    var reason: String { failure?.reason ?? "the reason is unknown" }
}
