import Contract
package import Foundation
import GRDB

extension Transaction {
    /// Accepts a post to the topic: enqueues it, or keeps it until `due`.
    ///
    /// A post with a sequence replaces the message of that sequence; see ``TopicPost/sequence``.
    ///
    /// - Returns: the id by which the sender can name the message later.
    package func accept(_ post: TopicPost, to topic: Topic, due: Date? = nil, at now: Date) throws -> PostID {
        if let due {
            return PostID(.delayed(try delay(post, to: topic, until: due, at: now).rawValue))
        }
        return PostID(.message(try place(post, to: topic, at: now)))
    }

    /// Enqueues the post, or writes it over the message of its sequence if that one was not sent yet.
    func place(_ post: TopicPost, to topic: Topic, at now: Date) throws -> OutboxID {
        guard let sequence = post.sequence else { return try enqueue(post, to: topic, at: now) }
        _ = try cancelDelayedPost(sequence, ofTopic: topic)
        let former = try message(of: sequence, inTopic: topic)
        let id = try replace(former, by: post, of: topic, at: now)
        try save(sequence: sequence, ofTopic: topic.id, as: id)
        return id
    }

    /// Says in the chat that the sender has cleared or deleted the message of this sequence.
    ///
    /// A message that was not sent yet is not sent at all if it is deleted. A kept post is cancelled if it is deleted.
    /// If the topic has no such message, nothing happens: as in ntfy, this is no error.
    package func end(_ sequence: String, as ending: TopicPost.Ending, inTopic topic: Topic, at now: Date)
        throws
    {
        if ending == .deleted { _ = try cancelDelayedPost(sequence, ofTopic: topic) }
        guard let former = try message(of: sequence, inTopic: topic), var post = former.post else { return }
        if ending == .deleted { try forget(sequence: sequence, ofTopic: topic.id) }
        if ending == .deleted, former.isUnsent, former.subject == nil {
            try db.execute(sql: "DELETE FROM outbox WHERE id = ?", arguments: [former.id])
            return
        }
        (post.ending, post.sequence) = (ending, sequence)
        if !former.isUnsent { post.attachment = nil }
        let id = try replace(former, by: post, of: topic, at: now)
        if ending == .cleared { try save(sequence: sequence, ofTopic: topic.id, as: id) }
    }

    /// Writes the post over `former` if nothing of that was sent; otherwise enqueues it as an edit of `former`.
    private func replace(_ former: OutboxMessage?, by post: TopicPost, of topic: Topic, at now: Date) throws
        -> OutboxID
    {
        guard var former else { return try enqueue(post, to: topic, at: now) }
        var post = post
        let shownFile = former.post?.isCaption == true
        guard former.isUnsent else {
            post.isCaption = shownFile || former.post?.attachment?.isStored == true ? true : nil
            return try enqueue(post, to: topic, replacing: former.id, at: now)
        }
        post.isCaption = shownFile ? true : nil
        former.payload = try post.payload.storable
        try save(former)
        return former.id
    }

    private func enqueue(
        _ post: TopicPost,
        to topic: Topic,
        replacing former: OutboxID? = nil,
        at now: Date
    ) throws -> OutboxID {
        var message = NewMessage(.post(post), chat: topic.chatID, thread: topic.threadID, createdAt: now)
        message.replaces = former
        try enqueue(message)
        return OutboxID(db.lastInsertedRowID)
    }
}

extension OutboxMessage {
    /// The post that the row holds; nil if the row is no post.
    package var post: TopicPost? {
        if case .post(let post)? = content { post } else { nil }
    }

    /// Whether nothing of the message can have arrived yet, so that other words may take its place.
    fileprivate var isUnsent: Bool {
        state == .pending && repeats == 0 && partsSent == 0 && messageID == nil
    }
}
