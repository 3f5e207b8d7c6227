import Foundation

/// Points in time for people, in UTC: the bot does not know their time zones.
enum Moment {
    static var time: DateFormatter { formatter("HH:mm:ss") }
    static var dayAndTime: DateFormatter { formatter("yyyy-MM-dd HH:mm:ss") }
    static var day: DateFormatter { formatter("d MMM") }
    static var dayAndMinute: DateFormatter { formatter("d MMM HH:mm") }

    private static func formatter(_ format: String) -> DateFormatter {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = format
        return formatter
    }
}
