/// A name as it is typed in a setting: in quotes if it has a blank, a comma, `=` or a colon, or begins with a quote.
///
/// It is `NAME` for a name that is too long for a line, or has several.
package struct SettingWord: CustomStringConvertible, Sendable {
    package let description: String

    private static let mostCharacters = 60
    private static let separators = ",=:".unicodeScalars
    private static let quotes = "\"'“”„‘’‚«»".unicodeScalars

    package init(_ name: String) {
        let scalars = name.unicodeScalars
        let isPlain =
            scalars.first.map { !Self.quotes.contains($0) } ?? false
            && !scalars.contains { $0.properties.isWhitespace || Self.separators.contains($0) }
        // Inside quotes, two quotes are one. A quote may be one character with the accent behind it.
        let inner = scalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
        let word = isPlain ? name : "\"\(String(String.UnicodeScalarView(inner)))\""
        let fits = word.count <= Self.mostCharacters && !word.contains(where: \.isNewline)
        description = fits ? word : "NAME"
    }
}
