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
            guard title != nil || priority != nil || tags != nil || link != nil else {
                return "\(topic)\n\(text)"
            }
            return String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
        }
    }
}
