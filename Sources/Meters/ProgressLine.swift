/// One line that shows the progress of an operation.
struct ProgressLine {
    private static let longestBar = 40
    private static let shortestBar = 8

    var label: String
    /// From 0 to 1; nil if the total is unknown.
    var fraction: Double?
    var notes: [String] = []
    /// The estimated remaining time.
    var left: String?

    /// The line with a bar, for a terminal.
    ///
    /// At most `columns` characters, because a wrapped line cannot be cleared.
    ///
    /// If the line is too long, the bar is left out. If the line is still too long, its end is cut off.
    func bar(columns: Int) -> String {
        let tail = tail(notes.isEmpty ? [percent].compactMap(\.self) : notes)
        let room = min(columns - label.count - 2 - tail.count, Self.longestBar)
        guard let fraction, room >= Self.shortestBar else { return String((label + tail).prefix(columns)) }
        let full = Int(min(max(fraction, 0), 1) * Double(room))
        return label + "  " + String(repeating: "█", count: full)
            + String(repeating: "░", count: room - full) + tail
    }

    /// The line without a bar, for a file or a pipe.
    var plain: String { label + (percent.map { " \($0)" } ?? "") + tail(notes) }

    private var percent: String? { fraction.map { "\(Int($0 * 100)) %" } }

    private func tail(_ words: [String]) -> String {
        (words + [left].compactMap(\.self)).map { "  \($0)" }.joined()
    }
}
