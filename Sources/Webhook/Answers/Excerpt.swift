/// What a sender has written, as an answer repeats it.
enum Excerpt {
    /// The longest excerpt, in characters: an answer need not be as long as the post.
    private static let longest = 40

    /// The beginning of `text` as one line in quotation marks.
    static func quoted(_ text: String) -> String {
        let line = text.prefix(longest).split(whereSeparator: \.isNewline).joined(separator: " ")
        return "\"\(line)\(text.dropFirst(longest).isEmpty ? "" : "…")\""
    }
}
