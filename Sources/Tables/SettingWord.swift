/// A name as it is typed in a setting: in quotes if it has a blank, a comma, `=` or a colon, or begins with a quote.
///
/// It is `NAME` for a name that is too long for a line.
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
        // Inside quotes, two quotes are one.
        let word = isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
        description = word.count <= Self.mostCharacters ? word : "NAME"
    }
}
