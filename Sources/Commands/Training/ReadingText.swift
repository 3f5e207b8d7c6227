import Contract
import Telegram

/// What a training would do with a table while it reads it, in lines for a card.
struct ReadingText {
    /// The largest numbers of lines, and of columns that a line names.
    private static let (mostLines, mostColumns) = (6, 3)
    /// The largest number of lines with warnings, as long as there are other lines.
    private static let mostWarnings = 3
    private static let longestName = 24

    let table: BlobCard.Table

    /// At most six lines; warnings come last, because they end with settings to type.
    var lines: [HTMLText] {
        let decisions = columns + (table.decisions ?? [])
        let warnings = table.warnings ?? []
        let mostWarned = max(Self.mostWarnings, Self.mostLines - decisions.count)
        let warned = warnings.prefix(mostWarned)
        let decided = decisions.prefix(Self.mostLines - warned.count)
        let hidden = decisions.count - decided.count + warnings.count - warned.count
        return decided.map { "• " + SettingText.marked($0) }
            + warned.map { "⚠️ " + SettingText.marked($0) }
            + (hidden > 0 ? [.plain("• \(Phrase.count(hidden, "more note")) in the log of a training")] : [])
    }

    /// Whether a line has a setting to type.
    var hasSettings: Bool {
        lines.contains { SettingText.hasSetting($0.plain) }
    }

    /// What is done with columns, in up to three lines.
    private var columns: [String] {
        let notes = (table.notes ?? []).filter { table.columns.indices.contains($0.column) }
        let leftOut = notes.compactMap { note in note.leftOut.map { (note, Self.clause($0)) } }
        let read = notes.filter { $0.parts == nil }.compactMap { note in note.notation.map { (note, $0) } }
        let split = notes.compactMap { note in note.parts.map { (note, parts($0, note.notation)) } }
        return [
            list(leftOut).map { "leaves out \($0)" },
            list(read).map { "reads \($0)" },
            list(split).map { "splits \($0)" },
        ].compactMap(\.self)
    }

    /// Columns, each with a remark in parentheses, and the number of those that are not named.
    private func list(_ notes: [(BlobCard.ColumnNote, String)]) -> String? {
        guard !notes.isEmpty else { return nil }
        let named = notes.prefix(Self.mostColumns).map { "\(Self.short(table.columns[$0.column])) (\($1))" }
        let hidden = notes.count - named.count
        return named.joined(separator: ", ") + (hidden > 0 ? " and \(Phrase.number(hidden)) more" : "")
    }

    private func parts(_ count: Int, _ notation: String?) -> String {
        [notation, Phrase.count(count, "part")].compactMap(\.self).joined(separator: "; ")
    }

    /// A reason without its subject: `it is empty` becomes `is empty`.
    private static func clause(_ reason: String) -> String {
        reason.hasPrefix("it ") ? String(reason.dropFirst(3)) : reason
    }

    static func short(_ name: String) -> String {
        ShownName.line(name, limit: longestName)
    }
}
