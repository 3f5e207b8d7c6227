import Contract
import Telegram

/// Sentences that name settings of a training, such as "for classes, say task=classification".
enum SettingText {
    private static let keys = TrainSetting.all.map { "\($0.key)=" }

    /// The sentence with its settings as code, so that a tap copies them.
    static func marked(_ sentence: String) -> HTMLText {
        var (text, plain, rest) = (HTMLText(), "", sentence[...])
        while let first = rest.first {
            let isStart = plain.last.map { $0 == " " || $0 == "(" } ?? text.runs.isEmpty
            if isStart, let setting = setting(at: rest) {
                if !plain.isEmpty { text += .plain(plain) }
                text += .code(String(setting))
                plain = ""
                rest = rest[setting.endIndex...]
            } else {
                plain.append(first)
                rest = rest.dropFirst()
            }
        }
        return plain.isEmpty ? text : text + .plain(plain)
    }

    static func hasSetting(_ sentence: String) -> Bool {
        marked(sentence).runs.contains { $0.style == .code }
    }

    /// The setting with which `text` begins; nil if it begins with something else.
    ///
    /// Blanks inside of quotes belong to it, and a punctuation mark at its end does not.
    private static func setting(at text: Substring) -> Substring? {
        guard keys.contains(where: { text.hasPrefix($0) }) else { return nil }
        var (end, isQuoted) = (text.startIndex, false)
        while end < text.endIndex, isQuoted || !text[end].isWhitespace {
            if text[end] == "\"" { isQuoted.toggle() }
            end = text.index(after: end)
        }
        var setting = text[..<end]
        while let last = setting.last, ",;.:)".contains(last) { setting.removeLast() }
        return setting
    }
}
