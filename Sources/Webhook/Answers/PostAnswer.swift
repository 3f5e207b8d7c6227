import Foundation
import Store

/// The answer to a post, in the form in which ntfy answers (docs.ntfy.sh/subscribe/api, "JSON message format").
///
/// `topic` is the name that the chat shows, not the secret of the topic's address: answers end up in logs.
struct PostAnswer: Encodable {
    private struct File: Encodable {
        let name: String
        let url: String?
        let type: String?
        let size: Int?
    }

    private let id: String
    private let time: Int
    private let event = "message"
    private let topic: String
    private let message: String
    private let title: String?
    private let priority: Int?
    private let tags: [String]?
    private let click: String?
    private let contentType: String?
    private let attachment: File?
    private let sequenceID: String?

    private enum CodingKeys: String, CodingKey {
        case id, time, event, topic, message, title, priority, tags, click, attachment
        case contentType = "content_type"
        case sequenceID = "sequence_id"
    }

    /// `time` is when the post is sent; for a delayed post, that is later than now.
    init(_ post: TopicPost, id: PostID, at time: Date) {
        self.id = "\(id)"
        self.time = Int(time.timeIntervalSince1970)
        (topic, message, title, tags) = (post.topic, post.text, post.title, post.tags)
        (priority, click, sequenceID) = (post.priority?.rawValue, post.link, post.sequence)
        contentType = post.isMarkdown == true ? "text/markdown" : nil
        attachment = post.attachment.map { attachment in
            let url: String? = if case .url(let url) = attachment.place { url } else { nil }
            return File(
                name: attachment.name ?? "attachment",
                url: url,
                type: attachment.type,
                size: attachment.size
            )
        }
    }
}
