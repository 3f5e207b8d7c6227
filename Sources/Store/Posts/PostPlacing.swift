import Contract
package import Foundation
import GRDB

extension Transaction {
    /// Accepts a post to the topic: enqueues it.
    ///
    /// - Returns: the id by which the sender can name the message later.
    package func accept(_ post: TopicPost, to topic: Topic, at now: Date) throws -> PostID {
        try enqueue(NewMessage(.post(post), chat: topic.chatID, thread: topic.threadID, createdAt: now))
        return PostID(.message(OutboxID(db.lastInsertedRowID)))
    }
}
