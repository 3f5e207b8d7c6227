import Foundation

/// A path as terminals paste it: in quotes, with a backslash before special characters, or as a `file:` URL.
enum TerminalPath {
    static func read(_ text: String) -> String {
        let text = text.trimmingCharacters(in: .whitespaces)
        if text.hasPrefix("file:///"),
            let path = String(text.dropFirst("file://".count)).removingPercentEncoding
        {
            return path
        }
        let plain = unquoted(text) ?? text
        return plain == "~" || plain.hasPrefix("~/") ? NSHomeDirectory() + plain.dropFirst() : plain
    }

    /// The text without quotes and backslashes, by the rules of a shell; nil if a quote does not end.
    ///
    /// Spaces outside quotes stay, because a line has only one path.
    private static func unquoted(_ text: String) -> String? {
        var (plain, quote): (String, Character?) = ("", nil)
        var rest = text[...]
        while let character = rest.popFirst() {
            switch (character, quote) {
            case ("\\", nil), ("\\", "\""): plain.append(rest.popFirst() ?? "\\")
            case ("'", nil), ("\"", nil): quote = character
            case (_, let open?) where open == character: quote = nil
            default: plain.append(character)
            }
        }
        return quote == nil ? plain : nil
    }
}
