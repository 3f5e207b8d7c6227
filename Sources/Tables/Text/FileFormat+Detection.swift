extension FileFormat {
    /// The format of `bytes` by its marks at the start and the end; nil if they may be a text table.
    ///
    /// At most the first two lines are read, and the end. A file with NUL bytes is found by ``SourceText``.
    package init?(of bytes: Span<UInt8>) {
        if bytes.has([0x50, 0x4B, 0x03, 0x04], at: 0) {
            self = Self.ofZIP(bytes)
        } else if let mark = FileMark.all.first(where: { $0.matches(bytes) }) {
            self = mark.format
        } else if let format = Self.ofMarkup(bytes) ?? Self.ofJSON(bytes) {
            self = format
        } else if Self.isARFF(bytes) {
            self = .arff
        } else {
            return nil
        }
    }

    /// The kind of a ZIP archive, by its first entry and by the names that it has.
    private static func ofZIP(_ bytes: Span<UInt8>) -> FileFormat {
        // The name of the first entry follows a head of 30 bytes.
        if bytes.has(Array("mimetype".utf8), at: 30) {
            let spreadsheet = Array("application/vnd.oasis.opendocument.spreadsheet".utf8)
            return .office(bytes.has(spreadsheet, at: 38) ? .openDocument : .document)
        }
        let isOffice = ["[Content_Types].xml", "_rels/", "docProps/", "xl/"]
            .contains { bytes.has(Array($0.utf8), at: 30) }
        guard isOffice else { return .archive(.zip) }
        // The list of all names is at the end.
        let tail = max(0, bytes.count - 65_536)..<bytes.count
        return .office(contains("xl/", bytes, tail) || !contains("word/", bytes, tail) ? .excel : .document)
    }

    private static func contains(_ text: String, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let text = Array(text.utf8)
        return range.contains { bytes.has(text, at: $0) }
    }

    /// HTML or XML, by the first tag.
    private static func ofMarkup(_ bytes: Span<UInt8>) -> FileFormat? {
        let start = firstSign(bytes, from: bytes.has(TextEncoding.utf8Mark, at: 0) ? 3 : 0)
        guard start < bytes.count, bytes[start] == UInt8(ascii: "<") else { return nil }
        let head = String(
            decoding: (start..<min(start + 1_000, bytes.count)).map { bytes[$0] },
            as: UTF8.self
        )
        .lowercased()
        let tags = ["<!doctype html", "<html", "<head", "<body", "<table", "<script", "<div", "<meta"]
        if tags.contains(where: head.hasPrefix) { return .html }
        guard head.hasPrefix("<?xml") || head.hasPrefix("<!doctype") || head.hasPrefix("<svg") else {
            // A comment may stand before the page.
            return head.hasPrefix("<!--") && head.contains("<html") ? .html : nil
        }
        return head.contains("<html") || head.contains("<!doctype html") ? .html : .xml
    }

    /// Whether the first line that is neither empty nor a comment (`%`) is `@relation` and a name.
    ///
    /// Comments may be a whole description of the data, so the line is looked for in the first 64 KB.
    private static func isARFF(_ bytes: Span<UInt8>) -> Bool {
        let end = min(bytes.count, 65_536)
        var start = firstSign(bytes, from: bytes.has(TextEncoding.utf8Mark, at: 0) ? 3 : 0)
        while start < end, bytes[start] == UInt8(ascii: "%") {
            while start < end, bytes[start] != 0x0A, bytes[start] != 0x0D { start += 1 }
            start = firstSign(bytes, from: start)
        }
        let word = Array("@relation".utf8)
        guard start + word.count < end, isBlank(bytes[start + word.count]) else { return false }
        // In ASCII, this bit tells small letters from capital ones; `@` has it not.
        return word.indices.allSatisfy { bytes[start + $0] | ($0 == 0 ? 0 : 0x20) == word[$0] }
    }

    /// JSON, by its first signs: `{"`, `{}`, `[{`, `[[` or `[]`, with or without blanks between.
    ///
    /// A table whose first name is in brackets, such as `[id]`, does not begin so.
    private static func ofJSON(_ bytes: Span<UInt8>) -> FileFormat? {
        let first = firstSign(bytes, from: bytes.has(TextEncoding.utf8Mark, at: 0) ? 3 : 0)
        let second = firstSign(bytes, from: first + 1)
        guard second < bytes.count else { return nil }
        switch (bytes[first], bytes[second]) {
        case (UInt8(ascii: "["), UInt8(ascii: "{")): return .jsonArray
        case (UInt8(ascii: "["), UInt8(ascii: "[")):
            return isNumberOrText(after: second, bytes) ? .jsonArray : nil
        case (UInt8(ascii: "["), UInt8(ascii: "]")):
            return firstSign(bytes, from: second + 1) == bytes.count ? .jsonArray : nil
        case (UInt8(ascii: "{"), UInt8(ascii: "\"")), (UInt8(ascii: "{"), UInt8(ascii: "}")):
            return hasObjectInSecondLine(bytes, from: first) ? .jsonLines : .jsonObject
        default: return nil
        }
    }

    /// Whether a JSON value begins after `position`, not a bare word such as a name in double brackets.
    private static func isNumberOrText(after position: Int, _ bytes: Span<UInt8>) -> Bool {
        let next = firstSign(bytes, from: position + 1)
        guard next < bytes.count else { return false }
        switch bytes[next] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return true
        case UInt8(ascii: "-"), UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "]"):
            return true
        default: return false
        }
    }

    private static func hasObjectInSecondLine(_ bytes: Span<UInt8>, from start: Int) -> Bool {
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        var last = end - 1
        while last > start, isBlank(bytes[last]) { last -= 1 }
        let next = firstSign(bytes, from: end)
        return bytes[last] == UInt8(ascii: "}") && next < bytes.count && bytes[next] == UInt8(ascii: "{")
    }

    /// The first position from `start` on that is no blank; the end of `bytes` if there is none.
    private static func firstSign(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
        return min(position, bytes.count)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0x0A || byte == 0x0D
    }
}
