import Contract
import Store
import Telegram

/// Texts about topics: the URLs that scripts post to.
enum TopicsText {
    /// The message with the topic's secret URL.
    ///
    /// No other message shows the secret.
    static func address(of topic: Topic, secret: String, policy: ChatPolicy) -> HTMLText {
        let url = "\(policy.publicURL)/\(secret)"
        return .bold(topic.name)
            + .plain(" has an address. Everyone who knows the address can post \(topic.place). ")
            + "The bot stores only a hash of the address.\n"
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
}

extension Topic {
    /// Where posts appear, seen from the chat to which the address is sent.
    fileprivate var place: String { chatID.isGroup ? "in the group where you asked for it" : "here" }
}
