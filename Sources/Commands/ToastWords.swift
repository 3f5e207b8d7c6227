/// What is said to whoever pressed a button.
extension Toast {
    static let tooOld = "This button is too old."
    static let messageTooOld = "This message is too old for its buttons to work."
    static func noButton(_ number: Int) -> String { "No button has the number \(number)." }
    static let notForYou = "This is not for you to press."
    static func noRun(_ number: Int64) -> String { "There is no run \(number)." }
    static func stillGoing(_ number: Int64) -> String { "Run \(number) is still going." }
    static func noEngine(_ name: String) -> String { "This bot has no engine \(name.prefix(20)) any more." }
    static func alreadyOn(_ number: Int64) -> String { "Run \(number) is on it already." }
    static let onItsWay = "The file is on its way."
    static func onItsWay(_ number: Int64) -> String { "Run \(number) is on its way." }
}
