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
    static func notification(_ notification: Store.Notification) -> HTMLText {
        let head = HTMLText.plain("🔔 ") + .bold(notification.topic) + "\n"
        let isJSON = notification.text.first.map { "{[".contains($0) } ?? false && isJSON(notification.text)
        return head + (isJSON ? .block(notification.text, language: "json") : .plain(notification.text))
    }

    /// Buttons for the blobs that a post names, as a publisher's answer does.
    static func buttons(for notification: Store.Notification, policy: ChatPolicy) -> InlineKeyboard? {
        guard let blob = BlobScanner.blobs(in: notification.text).first else { return nil }
        let download = policy.link(to: blob).map { InlineButton.url("⬇️ Download", $0) }
        return InlineKeyboard([[download, .copy("📋 Copy ID", "\(blob)")].compactMap(\.self)])
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
