extension Sequence<String> {
    /// The first of them in quotes, separated by commas.
    package var quoted: String {
        let shown = prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")
        return dropFirst(10).contains { _ in true } ? shown + ", …" : shown
    }
}
