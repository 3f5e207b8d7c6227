import Foundation

/// Numbers as people read them.
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

    static func ago(_ date: Date, now: Date) -> String {
        let seconds = now.timeIntervalSince(date)
        switch seconds {
        case ..<90: return "just now"
        case ..<5_400: return "\(Int(seconds / 60)) min ago"
        case ..<129_600: return "\(Int(seconds / 3_600)) h ago"
        default: return "\(Int(seconds / 86_400)) days ago"
        }
    }

    static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }

    static func bar(_ fraction: Double) -> String {
        let full = Int((min(max(fraction, 0), 1) * 10).rounded(.down))
        return String(repeating: "▓", count: full) + String(repeating: "░", count: 10 - full)
    }

    static func count(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }
}
