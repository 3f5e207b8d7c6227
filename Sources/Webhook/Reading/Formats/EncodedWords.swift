import Foundation
import Unpacking

/// Texts in headers with encoded words (RFC 2047), such as `=?UTF-8?Q?Caf=C3=A9?=`.
enum EncodedWords {
    /// The text with its encoded words decoded; a word in an unknown charset or a broken encoding stays as it is.
    ///
    /// Blanks between two encoded words belong to neither, and a character may begin in one word and end in the next.
    static func decoded(_ text: String) -> String {
        // Nearly no header has encoded words.
        guard text.utf8.contains(UInt8(ascii: "=")), text.contains("=?") else { return text }
        var (result, word) = ("", Word?.none)
        var (rest, plainStart) = (text[...], text.startIndex)
        while let start = mark(in: rest) {
            guard let (next, end) = Word.read(rest[start.lowerBound...]) else {
                rest = rest[start.upperBound...]
                continue
            }
            let between = text[plainStart..<start.lowerBound]
            let isNext = word != nil && between.allSatisfy(\.isWhitespace)
            if isNext, word?.charset == next.charset {
                word?.append(next)
            } else {
                result += (word?.text ?? "") + (isNext ? "" : between)
                word = next
            }
            (plainStart, rest) = (end, text[end...])
        }
        return result + (word?.text ?? "") + text[plainStart...]
    }

    /// The first `=?`; Foundation's search would copy the whole text at each call.
    private static func mark(in text: Substring) -> Range<String.Index>? {
        var rest = text.utf8
        while let start = rest.firstIndex(of: UInt8(ascii: "=")) {
            rest = rest[start...].dropFirst()
            if rest.first == UInt8(ascii: "?") { return start..<rest.index(after: rest.startIndex) }
        }
        return nil
    }

    /// An encoded word, or several that follow each other.
    private struct Word {
        let charset: String
        private var bytes: [UInt8]
        /// The word as it is written, for a charset that nobody knows.
        private var source: String

        var text: String { Charset.text(bytes, in: charset) ?? source }

        /// Adds the word that follows, in place: copies would cost quadratic time for a long text.
        mutating func append(_ next: Word) {
            bytes += next.bytes
            source += " " + next.source
        }

        /// Reads the word at the start of `text`; nil if there is none.
        static func read(_ text: Substring) -> (word: Word, end: String.Index)? {
            // The content has no question mark (RFC 2047, 2), so a search ends at the fourth.
            let parts = text.dropFirst(2).split(
                separator: "?",
                maxSplits: 3,
                omittingEmptySubsequences: false
            )
            guard parts.count == 4, parts[3].first == "=" else { return nil }
            let end = text.index(after: parts[3].startIndex)
            // RFC 2231 allows a language after the charset: `=?utf-8*de?…`.
            let charset = parts[0].prefix { $0 != "*" }.lowercased()
            let isKnown = !charset.isEmpty && !parts[2].contains(where: \.isWhitespace)
            guard isKnown, let bytes = decoded(parts[2], by: parts[1].lowercased()) else { return nil }
            return (Word(charset: charset, bytes: bytes, source: String(text[..<end])), end)
        }

        private static func decoded(_ content: Substring, by encoding: String) -> [UInt8]? {
            switch encoding {
            case "b":
                // Some senders leave the padding out.
                let padding = String(repeating: "=", count: (4 - content.utf8.count % 4) % 4)
                return Data(base64Encoded: content + padding).map { Array($0) }
            case "q": return unquoted(content.utf8)
            default: return nil
            }
        }

        private static func unquoted(_ content: Substring.UTF8View) -> [UInt8]? {
            var (bytes, rest) = ([UInt8](), content[...])
            while let byte = rest.popFirst() {
                switch byte {
                case UInt8(ascii: "_"): bytes.append(0x20)
                case UInt8(ascii: "="):
                    guard let escaped = UInt8(hexadecimal: rest.prefix(2)) else { return nil }
                    bytes.append(escaped)
                    rest = rest.dropFirst(2)
                default: bytes.append(byte)
                }
            }
            return bytes
        }
    }
}
