/// Why a job failed, in words for the person who asked for it.
package struct Failure: Codable, Equatable, Sendable {
    package var phase: Phase?
    /// What happened, one lowercase phrase: `no column named "price" in the header (found: date, cost)`.
    package var reason: String
    /// What to do about it, one sentence.
    package var advice: String
    /// Whether trying again by itself may help: true for a network that was away, false for data that are wrong.
    package var isTemporary: Bool
    /// What helps, where it is known; nil: to try again.
    package var remedy: Remedy?

    package enum Remedy: String, Codable, Sendable {
        /// Another column to predict.
        case chooseTarget
        /// More time for the same work.
        case moreTime
        /// Another engine: it is the machine that failed, and not the work.
        case otherEngine
        /// Other data or other settings: the same again can only fail again.
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
