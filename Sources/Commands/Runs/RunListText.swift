import Contract
import Telegram

/// Texts about many runs at once.
enum RunListText {
    /// The most parts of a list; the rest is counted.
    private static let mostParts = 12
    /// The most reasons of refusals that one answer shows; the rest is counted.
    private static let mostReasons = 5

    /// The numbers of runs in ascending order, with three or more neighbours joined: `3, 4, 6–9, 12`.
    static func list(_ runs: [RunID]) -> String {
        var ranges: [ClosedRange<Int64>] = []
        for run in runs.map(\.rawValue).sorted() {
            if let last = ranges.last, last.upperBound + 1 == run {
                ranges[ranges.count - 1] = last.lowerBound...run
            } else {
                ranges.append(run...run)
            }
        }
        let parts = ranges.map { range in
            range.count > 2
                ? "\(range.lowerBound)–\(range.upperBound)"
                : range.map(String.init).joined(separator: ", ")
        }
        let rest = ranges.dropFirst(mostParts).reduce(0) { $0 + $1.count }
        return parts.prefix(mostParts).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// The lines about what was done, then the reasons of what was not.
    static func lines(_ done: [HTMLText], others: [Answer]) -> HTMLText {
        var lines = done + others.prefix(mostReasons).map(\.text)
        if others.count > mostReasons {
            lines.append(.plain("And \(others.count - mostReasons) more like these."))
        }
        return lines.dropFirst().reduce(lines.first ?? HTMLText()) { $0 + "\n" + $1 }
    }
}
