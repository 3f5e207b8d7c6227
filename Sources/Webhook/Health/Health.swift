package import Foundation

/// What the bot knows of its own health.
package struct Health: Sendable {
    /// The time of the last successful poll of Telegram, nil if there was none; and why the polls since then failed, nil
    /// if none did.
    package typealias Polls = @Sendable () -> (lastPoll: Date?, failure: String?)

    let storage: StorageCheck
    private let polls: Polls?

    /// - Parameters:
    ///   - storage: Tells whether posts can be stored.
    ///   - polls: The state of the polls of Telegram; nil for a bot without Telegram.
    package init(storage: StorageCheck, polls: Polls? = nil) {
        self.storage = storage
        self.polls = polls
    }

    /// A poll waits at most 50 s for an update.
    ///
    /// A poll that is older than this does not come back.
    private static let longestPoll: TimeInterval = 75

    /// Whether Telegram is polled: "polling", or since when it is not, and why.
    func telegram(at now: Date) -> (text: String, isWell: Bool) {
        guard let polls else { return ("none", true) }
        let (lastPoll, failure) = polls()
        guard let lastPoll else {
            return failure.map { ("not polled yet: \($0)", false) } ?? ("starting", true)
        }
        let seconds = max(0, now.timeIntervalSince(lastPoll))
        let silence = "not polled for \(Int(seconds)) s"
        if let failure { return ("\(silence): \(failure)", false) }
        return seconds > Self.longestPoll ? (silence, false) : ("polling", true)
    }
}
