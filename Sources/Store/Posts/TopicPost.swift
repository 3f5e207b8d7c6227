import Foundation

/// A post to a topic.
package struct TopicPost: Codable, Equatable, Sendable {
    /// The priority of the post, with the numbers that ntfy uses.
    package enum Priority: Int, Codable, CaseIterable, Sendable {
        case min = 1, low, normal, high, urgent
    }

    /// The topic's name, without line breaks.
    package var topic: String
    package var text: String
    package var title: String?
    package var priority: Priority?
    package var tags: [String]?
    /// The URL that the post links to.
    package var link: String?
    /// Whether ``text`` is Markdown; nil: it is plain.
    package var isMarkdown: Bool?
    /// The buttons that the sender asked for.
    package var actions: [Action]?
    package var attachment: Attachment?
    /// The sender's own name of this message within the topic: a later post with the same name replaces the message.
    package var sequence: String?
    /// What the sender has done with the message that this post replaces; nil: it is replaced by this post's text.
    package var ending: Ending?
    /// Whether the message that this post replaces shows a file, so that this post becomes the text below the file.
    package var isCaption: Bool?

    /// How a sender ends a message that was sent.
    package enum Ending: String, Codable, Sendable {
        /// It does not need attention any more.
        case cleared
        case deleted
    }

    /// What a button of the post does.
    package enum Action: Codable, Equatable, Sendable {
        case open(label: String, url: String)
        case copy(label: String, text: String)
        /// An action that only ntfy's own apps can do. The post names it as text.
        case unsupported(kind: String, label: String)
    }

    /// A file that belongs to the post.
    package struct Attachment: Codable, Equatable, Sendable {
        package enum Place: Codable, Equatable, Sendable {
            /// The bot never opens the URL; the message links to it.
            case url(String)
            /// The name of a file in the bot's folder of attachments.
            case stored(String)
        }

        package var place: Place
        /// The name that people see; nil if the sender gave none.
        package var name: String?
        /// The media type, such as `image/png`; nil if the sender gave none.
        package var type: String?
        /// The size of a stored file, in bytes.
        package var size: Int?

        package init(place: Place, name: String? = nil, type: String? = nil, size: Int? = nil) {
            (self.place, self.name, self.type, self.size) = (place, name, type, size)
        }
    }

    package init(topic: String, text: String) {
        self.topic = topic
        self.text = text
    }

    /// Decodes a ``payload``.
    package init(payload: String) {
        if payload.hasPrefix("{") {
            do {
                self = try JSONDecoder().decode(Self.self, from: Data(payload.utf8))
                return
            } catch {
                // The payload begins with "{" but is not a post as JSON, so it is in the plain form.
            }
        }
        let parts = payload.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(topic: String(parts[0]), text: parts.count > 1 ? String(parts[1]) : "")
    }

    /// The post as text, for a row of the outbox.
    ///
    /// The plain form is the topic's name in the first line, then the text. A post with any other field is JSON.
    package var payload: String {
        get throws {
            if self == TopicPost(topic: topic, text: text) { return "\(topic)\n\(text)" }
            return String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
        }
    }
}
