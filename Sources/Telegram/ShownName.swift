/// A name that somebody else chose, made fit to stand inside a sentence of the bot.
///
/// Names of people, files and columns may hold anything. A line break would add a line that looks like the bot's own,
/// and marks of direction would turn round the words behind the name.
package enum ShownName {
    /// The most characters of a name.
    package static let longest = 64

    /// The name in one line, without marks of direction and invisible characters, cut at `limit` characters.
    ///
    /// If nothing is left, the result is `nameless`.
    package static func line(_ name: String, limit: Int = longest, nameless: String = "(no name)") -> String {
        // More than that is not shown anyway: a hostile name may have megabytes.
        let scalars = name.unicodeScalars.prefix(limit * 16)
        var kept = String.UnicodeScalarView()
        for scalar in scalars {
            if isBreak(scalar) {
                if let last = kept.last, last != " " { kept.append(" ") }
            } else if isJoiner(scalar) {
                // Inside an emoji or a word of some scripts, a single joiner is part of the writing.
                if let last = kept.last, last != " ", !isJoiner(last) { kept.append(scalar) }
            } else if !isInvisible(scalar) {
                kept.append(scalar)
            }
        }
        while let last = kept.last, last == " " || isJoiner(last) { kept.removeLast() }
        let line = String(kept)
        guard !line.isEmpty else { return nameless }
        return line.count > limit ? "\(line.prefix(limit - 1))…" : bounded(line, limit)
    }

    /// Cuts a name of few characters with very many marks on top of them.
    private static func bounded(_ line: String, _ limit: Int) -> String {
        guard line.unicodeScalars.count > limit * 8 else { return line }
        return String(String.UnicodeScalarView(line.unicodeScalars.prefix(limit * 8))) + "…"
    }

    /// Whether the character turns round text, or hides that it does so.
    static func turnsText(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value < 32 || (0x7F...0x9F).contains(scalar.value)
    }

    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0x200C || scalar.value == 0x200D
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        // Tags form the flags of regions, such as Scotland's.
        if (0xE0020...0xE007F).contains(scalar.value) { return false }
        return turnsText(scalar) || scalar.properties.generalCategory == .format
            || [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0].contains(scalar.value)
    }
}
