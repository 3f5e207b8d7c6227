extension StringProtocol {
    /// The width of the text in a terminal: emoji and ideographs take two columns.
    var columns: Int {
        reduce(0) { count, character in count + character.columns }
    }

    /// The text with spaces behind it, or cut with an ellipsis, so that it fills `width` columns.
    func fitted(to width: Int) -> String {
        guard columns > width else { return String(self) + String(repeating: " ", count: width - columns) }
        var (cut, used) = ("", 0)
        for character in self where used + character.columns < width {
            cut.append(character)
            used += character.columns
        }
        return cut + "…" + String(repeating: " ", count: Swift.max(0, width - used - 1))
    }
}

extension Character {
    var columns: Int {
        let isWide = unicodeScalars.contains {
            $0.properties.isEmojiPresentation || (0x1100...0x115F).contains($0.value)
                || (0x2E80...0xD7A3).contains($0.value) || (0xF900...0xFAFF).contains($0.value)
                || (0xFF00...0xFF60).contains($0.value) || (0x20000...0x3FFFD).contains($0.value)
                || $0.value == 0xFE0F
        }
        return isWide ? 2 : 1
    }
}
