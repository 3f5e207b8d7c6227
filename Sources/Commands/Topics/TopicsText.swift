import Contract
import Foundation
import Store
import Telegram

/// Texts about topics: the URLs that scripts post to.
enum TopicsText {
    /// The message with the topic's secret URL, in place of one that was made at the time `former`.
    ///
    /// No other message shows the secret.
    static func address(of topic: Topic, replacing former: Date?, secret: String, policy: ChatPolicy)
        -> HTMLText
    {
        let url = "\(policy.publicURL)/\(secret)"
        let news =
            former.map {
                " has a new address; the one of \(Moment.day.string(from: $0)) opens nothing any more."
            } ?? " has an address."
        return .bold(topic.name)
            + .plain("\(news) Everyone who knows the address can post \(topic.place). ")
            + .plain("The bot stores only a hash of the address.\(reach(policy))\n")
            + .code(url) + "\n\n" + .block("curl -d 'finished' \(url)", language: "sh")
            + .plain("\n/unregister \(topic.name) deletes it; /register \(topic.name) makes a new one.")
    }

    /// A sentence about an address that only this machine can reach; empty for every other address.
    private static func reach(_ policy: ChatPolicy) -> String {
        switch policy.reach {
        case .everywhere: ""
        case .thisMachine: " It works on this machine alone: PUBLIC_URL is not set."
        case .thisStart: " It works on this machine alone, and only until the bot ends."
        }
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
