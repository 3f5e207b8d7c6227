import Contract
import Foundation
import Store
import Telegram

extension TopicsText {
    /// A post, with the topic's name above it.
    ///
    /// A JSON object or array is shown as a block.
    static func post(_ post: TopicPost) -> HTMLText {
        let marks = TagText.pictures(of: post.tags ?? []).joined()
        let loudness = post.priority == .urgent ? "‼️" : post.priority == .high ? "❗️" : ""
        let head = HTMLText.plain("🔔\(loudness) ") + .bold(post.topic) + "\n"
        let title = post.title.map { HTMLText.bold(marks.isEmpty ? $0 : "\(marks) \($0)") + "\n" }
        let picture = title == nil && !marks.isEmpty ? HTMLText.plain("\(marks) ") : HTMLText()
        let words = TagText.words(of: post.tags ?? [])
        let tags = words.isEmpty ? HTMLText() : "\n" + .italic(words.joined(separator: ", "))
        let link = post.link.flatMap { openable($0) == nil ? "\n" + address($0) : nil } ?? HTMLText()
        let actions = (post.actions ?? []).compactMap(line(about:)).reduce(HTMLText()) { $0 + "\n" + $1 }
        return head + (title ?? HTMLText()) + picture + text(of: post) + tags + link + file(of: post)
            + actions
    }

    private static func text(of post: TopicPost) -> HTMLText {
        let isBlock = post.text.first.map { "{[".contains($0) } ?? false && isJSON(post.text)
        if isBlock { return .block(post.text, language: "json") }
        let rendered = post.isMarkdown == true ? MarkdownText.render(post.text) : .plain(post.text)
        // Marks alone, such as an empty block of code, would leave nothing.
        return rendered.plain.allSatisfy(\.isWhitespace) ? .plain(post.text) : rendered
    }

    /// The line about a file elsewhere that no button can open.
    private static func file(of post: TopicPost) -> HTMLText {
        guard let file = post.attachment, case .url(let url) = file.place, openable(url) == nil else {
            return HTMLText()
        }
        return .plain("\n📎 \(file.name.map { "\(ShownName.line($0)): " } ?? "")") + address(url)
    }

    /// The line about an action that is no button; nil if it is one.
    private static func line(about action: TopicPost.Action) -> HTMLText? {
        switch action {
        case .open(let label, let url): openable(url) == nil ? .plain("\(label): ") + address(url) : nil
        case .copy(let label, let text): isCopyable(text) ? nil : .plain("\(label): ") + .code(text)
        case .unsupported(_, let label): .italic("\(label): a button that only ntfy's own apps have")
        }
    }

    /// A link as text; Telegram makes links of web addresses itself.
    private static func address(_ link: String) -> HTMLText { web(link) == nil ? .code(link) : .plain(link) }

    /// Buttons for the link of the post, its file, its actions, and the first blob ID in its text.
    static func buttons(for post: TopicPost, policy: ChatPolicy) -> InlineKeyboard? {
        var rows: [[InlineButton]] = []
        if let link = post.link.flatMap(openable) { rows.append([.url("🔗 Open", link)]) }
        if let file = post.attachment, case .url(let link) = file.place, let url = openable(link) {
            rows.append([.url("📎 \(label(file.name ?? "File"))", url)])
        }
        rows.append((post.actions ?? []).compactMap(button(for:)))
        if let blob = BlobScanner.blobs(in: post.text).first {
            let download = policy.link(to: blob).map { InlineButton.url("⬇️ Download", $0) }
            rows.append([download, .copy("📋 Copy ID", "\(blob)")].compactMap(\.self))
        }
        let keyboard = InlineKeyboard(rows)
        return keyboard.rows.isEmpty ? nil : keyboard
    }

    private static func button(for action: TopicPost.Action) -> InlineButton? {
        switch action {
        case .open(let text, let url): openable(url).map { .url(label(text), $0) }
        case .copy(let text, let copied): isCopyable(copied) ? .copy(label(text), copied) : nil
        case .unsupported: nil
        }
    }

    private static func label(_ text: String) -> String { ShownName.line(text, nameless: "▫️") }

    /// Whether a button may copy the text: Telegram's limit is 256 characters.
    private static func isCopyable(_ text: String) -> Bool { (1...256).contains(text.utf16.count) }

    /// The link as a button may have it; nil if no button may open it.
    ///
    /// Telegram refuses the whole message if it does not accept the URL of a button, such as one with a local host. The
    /// limit of a URL's length is not documented; 2,048 is the length that browsers and servers agree on.
    private static func openable(_ link: String) -> String? {
        web(link).flatMap { $0.utf8.count <= 2_048 ? $0 : nil }
    }

    /// The link in ASCII, if it is one to the web; nil if it is none, or if the name of its host is not in ASCII.
    private static func web(_ link: String) -> String? {
        let ascii = link.utf8.map { byte in
            (0x21..<0x7F).contains(byte)
                ? String(UnicodeScalar(byte))
                : (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }.joined()
        guard let url = URLComponents(string: ascii), let host = url.encodedHost, !host.contains("%"),
            ["http", "https"].contains(url.scheme?.lowercased()), host.contains("."),
            !host.hasSuffix(".localhost")
        else { return nil }
        return ascii
    }

    private static func isJSON(_ text: String) -> Bool {
        do {
            _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
            return true
        } catch {
            return false
        }
    }
}
