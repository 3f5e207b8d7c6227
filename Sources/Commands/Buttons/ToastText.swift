import Contract
import Store
import Telegram

/// Short texts for the person who pressed a button. Telegram shows up to 200 characters.
extension Toast {
    static let tooOld =
        "This button is from another version of the bot. Send a command instead; /help all lists the commands."
    static let messageTooOld = "This message is too old for its buttons to work. /status shows new buttons."
    static func noButton(_ number: Int) -> String {
        "No button has the number \(number). Send a number that is shown, or a command."
    }
    static func notAllowed(_ role: Role?, needs: Role?) -> String {
        guard let role, let needs else {
            return
                "You are not on this bot's list, so its buttons do nothing for you. Ask its owner for an invitation."
        }
        return "This button needs the role \(needs.rawValue), and yours is \(role.rawValue). Ask an admin."
    }
    static func noRun(_ run: RunID) -> String { RefusalText.noRun(run).text.plain }
    static func stillRunning(_ run: RunID) -> String { RefusalText.stillRunning(run).text.plain }
    static func noEngine(_ engine: EngineName) -> String {
        "This bot has no engine \(engine) any more. Retry on another one."
    }
    static func alreadyStarted(_ run: RunID) -> String { "Run \(run) does this already." }
    static func alreadyDone(_ run: RunID) -> String { "Run \(run) did this already. Shall I do it again?" }
    static let fetching = "The file comes in a moment."
    static func started(_ run: RunID) -> String { "Run \(run) is queued." }
}
