/// Why a job failed, in words for the person who requested it.
package struct Failure: Codable, Equatable, Sendable {
    /// The phase in which the job failed; nil: before or outside its phases.
    package var phase: Phase?
    /// The cause, one lowercase phrase: `no column named "price" in the header (found: date, cost)`.
    package var reason: String
    /// What the person can do, one sentence.
    package var advice: String
    /// Whether an automatic retry may succeed: true for an unreachable network, false for wrong data.
    package var isTemporary: Bool
    /// What a person can change so that the next try succeeds; nil: the same request may succeed.
    package var remedy: Remedy?

    package enum Remedy: String, Codable, Sendable {
        /// Predict another column.
        case chooseTarget
        /// Raise the time limit.
        case moreTime
        /// Use another engine: the machine failed, not the work.
        case otherEngine
        /// Use other data or settings: the same request would fail again.
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
