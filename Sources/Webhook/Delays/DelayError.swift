/// Why a delay is refused.
package enum DelayError: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case tooSoon(String)
    case tooLate(String)

    package var description: String {
        switch self {
        case .unreadable(let text):
            "the delay \(Excerpt.quoted(text)) cannot be read: write a duration such as 30m or 2 days, a Unix time, a time such as "
                + "2031-05-04T10:00:00Z, or words such as 10am, tomorrow, 3pm or Tuesday, 7am (in UTC)"
        case .tooSoon(let text):
            "the delay \(Excerpt.quoted(text)) is less than 10 seconds away or in the past (times without a zone are in UTC): "
                + "choose a later time, or send without a delay"
        case .tooLate(let text):
            "the delay \(Excerpt.quoted(text)) is more than 3 days away, which is the longest delay: choose an earlier time"
        }
    }
}
