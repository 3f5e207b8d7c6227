import Contract
import Telegram

extension Message {
    /// The text or caption, with the links behind its words and in buttons as far as they hold blob IDs.
    ///
    /// Nil if the message has no text.
    var words: String? {
        let written = text ?? caption ?? richMessage?.text
        let links = (replyMarkup?.inlineKeyboard ?? []).flatMap { $0 }.compactMap(\.url)
        guard let written else { return nil }
        let marked = text != nil ? entities : captionEntities
        let text = Self.revealing(marked ?? [], in: written)
        guard !written.hasPrefix("/") else { return text }
        let known = Set(BlobScanner.blobs(in: text))
        let hidden = links.filter { !known.isSuperset(of: BlobScanner.blobs(in: $0)) }
        return hidden.reduce(text) { "\($0)\n\($1)" }
    }

    /// Replaces words by the links behind them.
    ///
    /// Of words that hold a blob ID themselves, a command takes the ID that people see.
    private static func revealing(_ entities: [MessageEntity], in written: String) -> String {
        let isCommand = written.hasPrefix("/")
        var (text, more) = (written, [String]())
        for entity in entities.sorted(by: { $0.offset > $1.offset }) {
            guard let url = entity.url, case let blobs = BlobScanner.blobs(in: url), !blobs.isEmpty,
                let range = text.range(of: entity), entity.offset > 0 || !isCommand
            else { continue }
            let seen = BlobScanner.blobs(in: String(text[range]))
            if seen.isEmpty {
                // A link may hold characters that the arguments of a command read otherwise.
                let found = isCommand ? blobs.map { "\($0)" }.joined(separator: " ") : url
                text.replaceSubrange(range, with: " \(found) ")
            } else if !isCommand, seen != blobs {
                more.append(url)
            }
        }
        return more.reversed().reduce(text) { "\($0)\n\($1)" }
    }

    /// Whether the text mentions the bot in a way that does not spell its username.
    func mentions(_ bot: String) -> Bool {
        ((entities ?? []) + (captionEntities ?? [])).contains {
            $0.user?.username?.lowercased() == bot.lowercased()
        }
    }
}
