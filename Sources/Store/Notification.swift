import Foundation

/// What was posted to a topic.
package struct Notification: Codable, Equatable, Sendable {
    /// How much it matters, with ntfy's numbers.
    package enum Priority: Int, Codable, CaseIterable, Sendable {
        case min = 1, low, usual, high, urgent
    }

    /// Without line breaks.
    package var topic: String
    package var text: String
    package var title: String?
    package var priority: Priority?
    package var tags: [String]?
    /// An address to open.
    package var link: String?

    package init(topic: String, text: String) {
        self.topic = topic
        self.text = text
    }

    /// Reads what ``payload`` wrote.
    package init(payload: String) {
        if payload.hasPrefix("{") {
            do {
                self = try JSONDecoder().decode(Self.self, from: Data(payload.utf8))
                return
            } catch {
                // No row of ours: it is shown as it is.
            }
        }
        let parts = payload.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(topic: String(parts[0]), text: parts.count > 1 ? String(parts[1]) : "")
    }

    /// How it lies in the outbox: the topic's name, and the text from the second line on; as JSON where there is more.
    package var payload: String {
        get throws {
            guard title != nil || priority != nil || tags != nil || link != nil else {
                return "\(topic)\n\(text)"
            }
            return String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
        }
    }
}
