package import Contract
import Foundation
import GRDB

/// The names by which senders replace their messages: one row for each name of a topic.
///
/// ntfy calls them sequence ids (docs.ntfy.sh/publish/#updating-deleting-notifications). The id in the answer to a post is
/// such a name, too; no row is necessary for it until the message is replaced.
extension Transaction {
    /// The newest message of the sequence; nil if the topic has none, or if it was pruned.
    func message(of sequence: String, inTopic topic: Topic) throws -> OutboxMessage? {
        let sql = """
            SELECT outbox.* FROM postSequence JOIN outbox ON outbox.id = outboxID
            WHERE topicID = ? AND sequence = ? AND kind = 'notification'
            """
        if let named = try OutboxMessage.fetchOne(db, sql: sql, arguments: [topic.id, sequence]) {
            return named
        }
        guard case .message(let id)? = PostID(sequence)?.row, let message = try outboxMessage(id),
            message.chatID == topic.chatID, message.post?.topic == topic.name
        else { return nil }
        return message
    }

    func save(sequence: String, ofTopic topic: TopicID, as message: OutboxID) throws {
        let sql = "INSERT OR REPLACE INTO postSequence (topicID, sequence, outboxID) VALUES (?, ?, ?)"
        try db.execute(sql: sql, arguments: [topic, sequence, message])
    }

    func forget(sequence: String, ofTopic topic: TopicID) throws {
        let sql = "DELETE FROM postSequence WHERE topicID = ? AND sequence = ?"
        try db.execute(sql: sql, arguments: [topic, sequence])
    }

    /// The id of the message in the chat that the post of `row` replaces; nil if none was sent.
    ///
    /// If an edit has failed, the message before it is the one in the chat.
    package func messageReplaced(by row: OutboxMessage) throws -> MessageID? {
        var former = try row.subject.flatMap { try outboxMessage(OutboxID($0)) }
        while let row = former {
            if let id = row.messageID { return id }
            former = try row.subject.flatMap { try $0 < row.id.rawValue ? outboxMessage(OutboxID($0)) : nil }
        }
        return nil
    }
}
