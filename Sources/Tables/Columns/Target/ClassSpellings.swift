/// The classes of a target, with spellings that differ only in case, blanks or as `1` and `1.0` made one.
struct ClassSpellings {
    /// The classes, sorted.
    let classes: [String]
    /// For each text, the index of its class.
    let indices: [Int]
    /// Spellings that were made one, the chosen one first.
    let merged: [[String]]

    /// - Parameters:
    ///   - texts: The distinct texts.
    ///   - counts: The number of cells with each text; the most frequent spelling names the class.
    init(_ texts: [String], counts: [Int]) {
        var groups: [String: [Int]] = [:]
        for index in texts.indices { groups[Self.key(texts[index]), default: []].append(index) }
        var chosen = texts
        var merged: [[String]] = []
        for group in groups.values where group.count > 1 {
            let order = group.sorted {
                counts[$0] == counts[$1] ? texts[$0] < texts[$1] : counts[$0] > counts[$1]
            }
            let whole = Self.whole(texts[group[0]]).map { "\($0)" }
            let name = whole ?? texts[order[0]].trimmed
            for index in group { chosen[index] = name }
            merged.append([name] + order.map { texts[$0] }.filter { $0 != name })
        }
        self.merged = merged.sorted { $0[0] < $1[0] }
        (classes, indices) = ClassLabels.ordered(chosen)
    }

    private static func key(_ text: String) -> String {
        whole(text).map { "\($0)" }
            ?? text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }

    /// The whole number that `text` is, as `1`, `1.0` or `+1`.
    private static func whole(_ text: String) -> Int? {
        // Not hexadecimal: 0x10 is a code, and not 16.
        guard let first = text.trimmed.utf8.first, first < 0x40,
            !text.utf8.contains(where: { $0 | 0x20 == 0x78 }),
            let number = Double(text.trimmed)
        else { return nil }
        return Int(exactly: number)
    }
}

extension String {
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace ?? false { rest.removeFirst() }
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return String(rest)
    }
}
