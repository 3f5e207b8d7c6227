extension Sequence<String> {
    /// The first ten elements in quotes, separated by commas; an ellipsis stands for the others.
    package var quoted: String {
        let shown = prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")
        return dropFirst(10).contains { _ in true } ? shown + ", …" : shown
    }
}
