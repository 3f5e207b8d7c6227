extension HTMLText {
    /// The largest length of a message's text, in UTF-16 code units.
    ///
    /// The HTML of a text of this length stays below Telegram's limit of 32 KiB.
    package static let messageLimit = 4_096

    /// Splits the text into pieces of at most `limit` UTF-16 code units.
    ///
    /// A piece ends after a line feed if there is one late enough in the piece, otherwise after a space that is late
    /// enough, otherwise after any character. "Late enough" means in the second half of the room that is left. A style
    /// or quote continues in the next piece. A character is split only if it is longer than `limit`. Pieces that contain
    /// only white space are left out.
    package func pieces(limit: Int = messageLimit) -> [HTMLText] {
        var pieces: [HTMLText] = []
        var piece: [Run] = []
        var room = limit
        for run in runs {
            var rest = run.text[...]
            while !rest.isEmpty {
                let head = Self.head(of: rest, room: room, limit: limit)
                if !head.isEmpty {
                    var part = run
                    part.text = String(head)
                    piece.append(part)
                }
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

    /// The beginning of `text` that fits into `room` code units; empty if not even one character fits and the piece has
    /// text already.
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
        // Not even one character fits. If the piece is empty, the character must be split between its Unicode scalars.
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
