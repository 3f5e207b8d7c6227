import Foundation
import Jobs
import Store

extension CommandHandler {
    /// Inserts a topic; scripts can then post to the secret URL of the topic.
    ///
    /// In a group, the URL is shown to the person alone, because everybody who knows it can post. If the topic exists, its
    /// former URL becomes invalid. The courier makes the secret when it sends the URL, and the database stores only the
    /// hash of the secret. Until then the topic has the hash of a secret that nobody knows.
    func register(_ name: String) throws {
        let former = try transaction.topic(named: name, ofChat: update.chat)
        let topic = try transaction.insertTopic(
            named: name,
            chat: update.chat,
            thread: update.thread,
            secretHash: Secret.random().hash,
            by: update.user,
            at: now
        )
        try transaction.enqueue(
            NewMessage(
                .address(topic.id, replacing: former?.createdAt),
                chat: update.chat,
                thread: update.thread,
                createdAt: now
            )
        )
    }

    func unregister(_ name: String) throws {
        let wasThere = try transaction.deleteTopic(named: name, ofChat: update.chat)
        if wasThere { try reply(TopicsText.deleted(name)) } else { try refuse(TopicsText.unknown(name)) }
    }

    func listTopics() throws {
        try reply(try listOfTopics())
    }

    /// Cancels a post that is kept for later, and shows the list anew; returns the toast.
    func cancelDelayedPost(_ id: DelayedPostID) throws -> String {
        let wasThere = try transaction.cancelDelayedPost(id, ofChat: update.chat)
        try replyInPlace(try listOfTopics())
        return wasThere ? DelayedPostsText.cancelled : DelayedPostsText.tooLate
    }

    private func listOfTopics() throws -> Answer {
        DelayedPostsText.add(
            try transaction.delayedPosts(ofChat: update.chat, limit: DelayedPostsText.mostShown),
            of: try transaction.delayedPostCount(ofChat: update.chat),
            to: TopicsText.list(try transaction.topics(ofChat: update.chat)),
            canCancel: access.has(CommandWord.unregister.role)
        )
    }
}
