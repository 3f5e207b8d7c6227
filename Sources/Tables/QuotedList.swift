extension Sequence<String> {
    private static var longestElement: Int { 40 }

    /// The first elements in quotes, and how many there are beside them: `"a", "b" and 3 more`.
    ///
    /// There are at most ten, each shortened to 40 characters, with at most 120 characters in all.
    package var quoted: String { quoted(within: 120) }

    /// The first elements in quotes, as many as fit into `length` characters, but at least one and at most ten.
    package func quoted(within length: Int) -> String {
        var (shown, used, more) = ([String](), 0, 0)
        for element in self {
            // Once one is left out, all are: the others are counted, and not looked at.
            let name = more == 0 && shown.count < 10 ? element.quoted(upTo: Self.longestElement) : nil
            used += name.map { $0.count + 2 } ?? 0
            if let name, used <= length + 2 || shown.isEmpty {
                shown.append(name)
            } else {
                more += 1
            }
        }
        return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}

extension String {
    private static let longestName = 80
    private static let longestLine = 200

    /// The name of a column or of a class in quotes, shortened to 80 characters, with blanks for line ends.
    package var quotedName: String { quoted(upTo: Self.longestName) }

    /// The text in quotes, shortened to `length` characters, with blanks for line ends.
    fileprivate func quoted(upTo length: Int) -> String {
        let text = String(prefix(length + 1).map { $0.isNewline ? " " : $0 })
        return text.count <= length ? "\"\(text)\"" : "\"\(text.prefix(length - 1))…\""
    }

    /// The sentence in at most 200 characters.
    ///
    /// A longer sentence is cut, if possible before its last semicolon: what is behind it is the setting to type.
    package var asLine: String {
        guard count > Self.longestLine else { return self }
        let tail =
            lastSemicolon.map { self[$0...] }.flatMap { 2 * $0.count <= Self.longestLine ? $0 : nil } ?? ""
        return "\(prefix(Self.longestLine - 1 - tail.count))…\(tail)"
    }

    /// The text cut between two words, with an ellipsis, if it has more than `length` characters.
    func shortened(to length: Int) -> String {
        guard count > length else { return self }
        let words = prefix(length).split(separator: " ", omittingEmptySubsequences: false).dropLast()
        return words.joined(separator: " ") + " …"
    }

    private var lastSemicolon: Index? {
        indices.last { self[$0] == ";" && self[index(after: $0)...].first == " " }
    }
}
