import Contract

/// Short texts for the person who pressed a button.
extension Toast {
    static let tooOld = "This button is too old."
    static let messageTooOld = "This message is too old for its buttons to work."
    static func noButton(_ number: Int) -> String { "No button has the number \(number)." }
    static let notAllowed = "Your role does not allow this."
    static func noRun(_ run: RunID) -> String { "There is no run \(run)." }
    static func stillRunning(_ run: RunID) -> String { "Run \(run) has not ended yet." }
    static func noEngine(_ engine: EngineName) -> String { "This bot has no engine \(engine) any more." }
    static func alreadyStarted(_ run: RunID) -> String { "Run \(run) does this already." }
    static let fetching = "The file comes in a moment."
    static func started(_ run: RunID) -> String { "Run \(run) is enqueued." }
}
