import Foundation
import Jobs
import Store

extension Turn {
    /// Makes (or makes anew) the topic's address, which is said by the courier alone: here its secret is not drawn yet.
    func register(_ name: String) throws {
        let topic = try transaction.insert(
            Topic(
                chatID: incoming.chat,
                threadID: incoming.topic,
                name: name,
                secretHash: Secret.random().hash,
                createdBy: incoming.user,
                createdAt: now
            )
        )
        try transaction.enqueue(
            OutboxMessage(
                chatID: incoming.chat,
                threadID: incoming.topic,
                kind: .address,
                subject: topic.id,
                createdAt: now
            )
        )
    }

    func unregister(_ name: String) throws {
        let wasThere = try transaction.deleteTopic(named: name, ofChat: incoming.chat)
        try say(wasThere ? TopicWords.revoked(name) : TopicWords.unknown(name))
    }
}
