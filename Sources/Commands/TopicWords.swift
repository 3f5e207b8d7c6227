import Contract
import Foundation
import Store
import Telegram

/// What is said of topics, and what is posted to them.
enum TopicWords {
    /// The address, whole: the only time that its secret is seen.
    static func address(of topic: Topic, secret: String, policy: ChatPolicy) -> HTMLText {
        let url = "\(policy.publicURL)/\(secret)"
        return .bold(topic.name)
            + " has an address. Whoever knows it can post here; I keep only a hash of it.\n"
            + .code(url) + "\n\n" + .block("curl -d 'finished' \(url)", language: "sh")
            + .plain("\n/unregister \(topic.name) revokes it; /register \(topic.name) makes a new one.")
    }

    static func list(_ topics: [Topic]) -> Answer {
        guard !topics.isEmpty else {
            return Answer("No addresses yet. " + .code("/register training") + " makes one.")
        }
        let head =
            HTMLText.bold("Addresses of this chat")
            + "\nI keep only hashes: /register makes a lost one anew.\n"
        return Answer(topics.reduce(head) { $0 + "\n🔔 " + .code($1.name) })
    }

    static func revoked(_ name: String) -> Answer {
        Answer("The address of " + .bold(name) + " is revoked: posts to it are refused from now on.")
    }

    static func unknown(_ name: String) -> Answer {
        Answer("There is no address called " + .bold(name) + " here. /list shows them.")
    }

    /// A post, under its topic's name; JSON is set as a block.
    static func notification(_ post: Store.Notification) -> HTMLText {
        let marks = TagWords.pictures(of: post.tags ?? []).joined()
        let loudness = post.priority == .urgent ? "‼️" : post.priority == .high ? "❗️" : ""
        let head = HTMLText.plain("🔔\(loudness) ") + .bold(post.topic) + "\n"
        let title = post.title.map { HTMLText.bold(marks.isEmpty ? $0 : "\(marks) \($0)") + "\n" }
        let isBlock = post.text.first.map { "{[".contains($0) } ?? false && isJSON(post.text)
        let text = isBlock ? HTMLText.block(post.text, language: "json") : .plain(post.text)
        let picture = title == nil && !marks.isEmpty ? HTMLText.plain("\(marks) ") : HTMLText()
        let words = TagWords.words(of: post.tags ?? [])
        let tags = words.isEmpty ? HTMLText() : "\n" + .italic(words.joined(separator: ", "))
        let link = post.link.map { isOpenable($0) ? HTMLText() : "\n" + .code($0) } ?? HTMLText()
        return head + (title ?? HTMLText()) + picture + text + tags + link
    }

    /// A button for the link, and for the blobs that a post names, as a publisher's answer does.
    static func buttons(for post: Store.Notification, policy: ChatPolicy) -> InlineKeyboard? {
        var rows: [[InlineButton]] = []
        if let link = post.link, isOpenable(link) { rows.append([.url("🔗 Open", link)]) }
        if let blob = BlobScanner.blobs(in: post.text).first {
            let download = policy.link(to: blob).map { InlineButton.url("⬇️ Download", $0) }
            rows.append([download, .copy("📋 Copy ID", "\(blob)")].compactMap(\.self))
        }
        return rows.isEmpty ? nil : InlineKeyboard(rows)
    }

    /// Telegram refuses a whole message for a button whose address is not public.
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
