/// Parses a message as Telegram's parser does (parse_mode HTML), with Telegram's error texts.
package enum TelegramHTML {
    private static let tags: Set<String> = [
        "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote",
        "tg-spoiler",
        "tg-emoji", "tg-time", "span",
    ]
    private static let longest = 4_096
    private static let longestRaw = 32_768

    /// The text without its tags.
    ///
    /// - Throws: ``TelegramRefusal`` as the server would answer.
    package static func parse(_ html: String, limit: Int = longest) throws(TelegramRefusal) -> String {
        guard html.utf8.count <= longestRaw else { throw .badRequest("text is too long") }
        var text = ""
        var open: [String] = []
        var rest = html[...]
        func offset() -> Int { html.utf8.count - rest.utf8.count }
        while let next = rest.first {
            if next == "<" {
                let start = offset()
                guard let end = rest.firstIndex(of: ">") else {
                    throw .entities("Unclosed start tag at byte offset \(start)")
                }
                let tag = rest[rest.index(after: rest.startIndex)..<end]
                rest = rest[rest.index(after: end)...]
                try apply(tag, at: start, &open)
            } else if next == "&" {
                let (character, length) = entity(rest)
                text.append(character)
                rest = rest.dropFirst(length)
            } else {
                text.append(next)
                rest = rest.dropFirst()
            }
        }
        if let name = open.last {
            throw .entities("Can't find end tag corresponding to start tag \"\(name)\"")
        }
        guard !text.allSatisfy(\.isWhitespace) else { throw .badRequest("message text is empty") }
        guard text.unicodeScalars.count <= limit else { throw .badRequest("message is too long") }
        return text
    }

    private static func apply(
        _ tag: Substring,
        at start: Int,
        _ open: inout [String]
    ) throws(TelegramRefusal) {
        let isEnd = tag.hasPrefix("/")
        let name = tag.drop { $0 == "/" }.prefix { !$0.isWhitespace }.lowercased()
        guard !isEnd else {
            guard let expected = open.popLast() else {
                throw .entities("Unexpected end tag at byte offset \(start)")
            }
            guard expected == name else {
                throw .entities(
                    "Unmatched end tag at byte offset \(start), expected \"</\(expected)>\", found \"</\(name)>\""
                )
            }
            return
        }
        guard tags.contains(name) else {
            throw .entities("Unsupported start tag \"\(name)\" at byte offset \(start)")
        }
        open.append(name)
    }

    /// Decodes the four named entities and numeric ones; any other & is a plain &.
    private static func entity(_ text: Substring) -> (Character, Int) {
        let named: [(String, Character)] = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\"")]
        for (name, character) in named where text.hasPrefix(name) { return (character, name.count) }
        if let match = text.prefixMatch(of: /&#(\d{1,7});/), let code = UInt32(match.1),
            let scalar = Unicode.Scalar(code)
        {
            return (Character(scalar), match.0.count)
        }
        return ("&", 1)
    }
}

/// An answer of Telegram with `ok: false`.
package struct TelegramRefusal: Error, Equatable, Sendable {
    package var code: Int
    package var description: String
    package var retryAfter: Int?
    package var migrateTo: Int64?

    package init(_ code: Int, _ description: String, retryAfter: Int? = nil, migrateTo: Int64? = nil) {
        self.code = code
        self.description = description
        self.retryAfter = retryAfter
        self.migrateTo = migrateTo
    }

    static func badRequest(_ reason: String) -> TelegramRefusal { .init(400, "Bad Request: \(reason)") }
    static func entities(_ reason: String) -> TelegramRefusal {
        .badRequest("can't parse entities: \(reason)")
    }
}
