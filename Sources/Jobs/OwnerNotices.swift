package import Foundation
package import Logging
package import Store

/// What every admin hears, whoever made them one: news of the bot's own that no chat has asked for.
package struct OwnerNotices: Sendable {
    private let store: SQLiteStore
    private let configured: Set<Int64>
    private let logger: Logger

    /// `configured` are the admins by the settings, beside those that the database knows.
    package init(store: SQLiteStore, configured: Set<Int64>, logger: Logger) {
        (self.store, self.configured, self.logger) = (store, configured, logger)
    }

    /// Puts `words` into the outbox for each of them; where that cannot be, they stand in the log at least.
    package func tell(_ words: String, topic: String, at now: Date = Date()) async {
        let notice = Store.Notification(topic: topic, text: words)
        do {
            try await store.write { [configured] transaction in
                for admin in try configured.union(transaction.admins()).sorted() {
                    try transaction.enqueue(
                        OutboxMessage(
                            chatID: admin,
                            kind: .notification,
                            payload: notice.payload,
                            createdAt: now
                        )
                    )
                }
            }
        } catch {
            logger.error("the owners cannot be told", metadata: ["words": "\(words)", "error": "\(error)"])
        }
    }
}
