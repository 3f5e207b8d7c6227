import Contract
import Foundation
import Store
import Telegram

/// Texts about topics (the URLs that scripts post to), and the texts of posts.
enum TopicsText {
    /// The message with the topic's secret URL.
    ///
    /// No other message shows the secret.
    static func address(of topic: Topic, secret: String, policy: ChatPolicy) -> HTMLText {
        let url = "\(policy.publicURL)/\(secret)"
        return .bold(topic.name)
            + " has an address. Everyone who knows the address can post here. The bot stores only a hash of the address.\n"
            + .code(url) + "\n\n" + .block("curl -d 'finished' \(url)", language: "sh")
            + .plain("\n/unregister \(topic.name) deletes it; /register \(topic.name) makes a new one.")
    }

    static func list(_ topics: [Topic]) -> Answer {
        guard !topics.isEmpty else {
            return Answer("This chat has no addresses yet. " + .code("/register training") + " makes one.")
        }
        let head =
            HTMLText.bold("Addresses of this chat")
            + "\nThe bot stores only their hashes. If you lost one, /register makes a new one.\n"
        return Answer(topics.reduce(head) { $0 + "\n🔔 " + .code($1.name) })
    }

    static func deleted(_ name: String) -> Answer {
        Answer("The address of " + .bold(name) + " is deleted: the bot refuses posts to it from now on.")
    }

    static func unknown(_ name: String) -> Answer {
        Answer("This chat has no address called " + .bold(name) + ". /list shows its addresses.")
    }

    /// A post, with the topic's name above it.
    ///
    /// A JSON object or array is shown as a block.
    static func post(_ post: TopicPost) -> HTMLText {
        let marks = TagText.pictures(of: post.tags ?? []).joined()
        let loudness = post.priority == .urgent ? "‼️" : post.priority == .high ? "❗️" : ""
        let head = HTMLText.plain("🔔\(loudness) ") + .bold(post.topic) + "\n"
        let title = post.title.map { HTMLText.bold(marks.isEmpty ? $0 : "\(marks) \($0)") + "\n" }
        let isBlock = post.text.first.map { "{[".contains($0) } ?? false && isJSON(post.text)
        let text = isBlock ? HTMLText.block(post.text, language: "json") : .plain(post.text)
        let picture = title == nil && !marks.isEmpty ? HTMLText.plain("\(marks) ") : HTMLText()
        let words = TagText.words(of: post.tags ?? [])
        let tags = words.isEmpty ? HTMLText() : "\n" + .italic(words.joined(separator: ", "))
        let link = post.link.map { isOpenable($0) ? HTMLText() : "\n" + .code($0) } ?? HTMLText()
        return head + (title ?? HTMLText()) + picture + text + tags + link
    }

    /// Buttons for the link of the post, and for the first blob ID in its text.
    static func buttons(for post: TopicPost, policy: ChatPolicy) -> InlineKeyboard? {
        var rows: [[InlineButton]] = []
        if let link = post.link, isOpenable(link) { rows.append([.url("🔗 Open", link)]) }
        if let blob = BlobScanner.blobs(in: post.text).first {
            let download = policy.link(to: blob).map { InlineButton.url("⬇️ Download", $0) }
            rows.append([download, .copy("📋 Copy ID", "\(blob)")].compactMap(\.self))
        }
        return rows.isEmpty ? nil : InlineKeyboard(rows)
    }

    /// Whether a button may open the link.
    ///
    /// Telegram refuses the whole message if it does not accept the URL of a button, such as one with a local host.
    private static func isOpenable(_ link: String) -> Bool {
        guard let url = URLComponents(string: link), let host = url.host else { return false }
        return ["http", "https"].contains(url.scheme) && host.contains(".") && !host.hasSuffix(".localhost")
            && link.allSatisfy { $0.isASCII && !$0.isWhitespace }
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
