extension HTMLText {
    /// What one message holds after parsing, in UTF-16 units; its HTML then stays below the 32 KiB that are taken.
    package static let messageLimit = 4_096

    /// The text in pieces that each fit a message, cut at the best place near the end: a paragraph, a line, a space.
    ///
    /// Styles and quotes go on in the next piece; no character is cut in two. Pieces of nothing but space are left out.
    package func pieces(limit: Int = messageLimit) -> [HTMLText] {
        var pieces: [HTMLText] = []
        var piece: [Run] = []
        var room = limit
        for run in runs {
            var rest = run.text[...]
            while !rest.isEmpty {
                let head = Self.head(of: rest, room: room, limit: limit)
                if !head.isEmpty { piece.append(Run(text: String(head), style: run.style, quote: run.quote)) }
                room -= head.utf16.count
                rest = rest[head.endIndex...]
                guard !rest.isEmpty else { break }
                pieces.append(HTMLText(piece))
                (piece, room) = ([], limit)
            }
        }
        pieces.append(HTMLText(piece))
        return pieces.filter { !$0.plain.allSatisfy(\.isWhitespace) }
    }

    /// As much of `text` as fits into `room`; nothing where a better place may come in an empty message.
    private static func head(of text: Substring, room: Int, limit: Int) -> Substring {
        guard text.utf16.count > room else { return text }
        var end = text.startIndex
        var used = 0
        var lastLine: Substring.Index?
        var lastSpace: Substring.Index?
        while end < text.endIndex {
            let next = text.index(after: end)
            used += text[end..<next].utf16.count
            guard used <= room else { break }
            if text[end] == "\n" { lastLine = next } else if text[end] == " " { lastSpace = next }
            end = next
        }
        let cut =
            [lastLine, lastSpace].compactMap(\.self).first { text[..<$0].utf16.count > room / 2 } ?? end
        if cut > text.startIndex { return text[..<cut] }
        // Not even one character fits: in an empty message it must be cut by its scalars.
        return room < limit ? text[..<text.startIndex] : scalars(of: text, room: room)
    }

    private static func scalars(of text: Substring, room: Int) -> Substring {
        var (end, used) = (text.startIndex, 0)
        for scalar in text.unicodeScalars {
            used += scalar.utf16.count
            guard used <= room else { break }
            end = text.unicodeScalars.index(after: end)
        }
        return text[..<end]
    }
}
