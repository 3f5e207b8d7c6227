import Foundation

/// Numbers, times and amounts for people.
enum Phrase {
    /// `0.4 s`, `12 s`, `1:08`, `2:03:04`.
    static func duration(_ seconds: TimeInterval) -> String {
        let whole = Int(max(0, seconds).rounded())
        if seconds < 10 { return String(format: "%.1f s", max(0, seconds)) }
        if whole < 60 { return "\(whole) s" }
        let (hours, minutes, rest) = (whole / 3_600, whole / 60 % 60, whole % 60)
        return hours == 0
            ? String(format: "%d:%02d", minutes, rest) : String(format: "%d:%02d:%02d", hours, minutes, rest)
    }

    /// `8 h`, `2 days`, `30 min`: for times that people choose.
    static func span(_ seconds: TimeInterval) -> String {
        let minutes = Int((seconds / 60).rounded())
        if minutes < 90 { return "\(max(1, minutes)) min" }
        let hours = Int((seconds / 3_600).rounded())
        return hours < 48 ? "\(hours) h" : count(Int((seconds / 86_400).rounded()), "day")
    }

    static func ago(_ date: Date, now: Date) -> String {
        let seconds = now.timeIntervalSince(date)
        switch seconds {
        case ..<90: return "just now"
        case ..<5_400: return "\(Int(seconds / 60)) min ago"
        case ..<129_600: return "\(Int(seconds / 3_600)) h ago"
        default: return "\(count(Int((seconds / 86_400).rounded()), "day")) ago"
        }
    }

    static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }

    static func bar(_ fraction: Double) -> String {
        let full = Int((min(max(fraction, 0), 1) * 10).rounded(.down))
        return String(repeating: "▓", count: full) + String(repeating: "░", count: 10 - full)
    }

    /// The number and the noun; `plural` is for nouns whose plural is not `noun` + "s".
    static func count(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
        count == 1 ? "1 \(noun)" : "\(number(count)) \(plural ?? noun + "s")"
    }

    /// `70,000`: with commas between groups of three digits.
    static func number(_ number: Int) -> String {
        let digits = Array("\(abs(number))")
        let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
        return (number < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }
}
