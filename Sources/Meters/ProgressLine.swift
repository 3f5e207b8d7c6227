/// What is shown of something that takes its time.
struct ProgressLine {
    private static let longestBar = 40
    private static let shortestBar = 8

    var label: String
    /// From 0 to 1; nil: nobody knows how much there is.
    var fraction: Double?
    var notes: [String] = []
    /// How long the rest takes.
    var left: String?

    /// For a terminal: at most `columns` wide, since a line that wraps cannot be taken back.
    ///
    /// Where there is little room the bar gives way first, and then the end.
    func bar(columns: Int) -> String {
        let tail = tail(notes.isEmpty ? [percent].compactMap(\.self) : notes)
        let room = min(columns - label.count - 2 - tail.count, Self.longestBar)
        guard let fraction, room >= Self.shortestBar else { return String((label + tail).prefix(columns)) }
        let full = Int(min(max(fraction, 0), 1) * Double(room))
        return label + "  " + String(repeating: "█", count: full)
            + String(repeating: "░", count: room - full) + tail
    }

    /// For a file or a pipe.
    var plain: String { label + (percent.map { " \($0)" } ?? "") + tail(notes) }

    private var percent: String? { fraction.map { "\(Int($0 * 100)) %" } }

    private func tail(_ words: [String]) -> String {
        (words + [left].compactMap(\.self)).map { "  \($0)" }.joined()
    }
}
