/// Why a job failed, in words for the person who requested it.
package struct Failure: Codable, Equatable, Sendable {
    /// The phase in which the job failed; nil if the job was in no phase.
    package var phase: Phase?
    /// The cause, one lowercase phrase: `no column named "price" in the header (found: date, cost)`.
    package var reason: String
    /// What the person can do, one sentence.
    package var advice: String
    /// Whether an automatic retry may succeed: true for an unreachable network, false for wrong data.
    package var isTemporary: Bool
    /// What a person must change before the next try; nil if the same request may succeed.
    package var remedy: Remedy?

    package enum Remedy: String, Codable, Sendable {
        /// Choose another target column.
        case chooseTarget
        /// Raise the time limit.
        case moreTime
        /// Use another engine, because the machine failed.
        case otherEngine
        /// Use other data or settings, because the same request would fail again.
        case otherInput
    }

    package init(
        phase: Phase?,
        reason: String,
        advice: String,
        isTemporary: Bool = false,
        remedy: Remedy? = nil
    ) {
        self.phase = phase
        self.reason = reason
        self.advice = advice
        self.isTemporary = isTemporary
        self.remedy = remedy
    }
}
