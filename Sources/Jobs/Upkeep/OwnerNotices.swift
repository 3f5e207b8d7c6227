package import Contract
package import Foundation
package import Logging
package import Store

/// Tells every admin news that no chat has asked for, such as money that was spent.
package struct OwnerNotices: Sendable {
    private let store: SQLiteStore
    private let owners: Set<UserID>
    private let logger: Logger

    /// `owners` are admins by the configuration, beside those in the database.
    package init(store: SQLiteStore, owners: Set<UserID>, logger: Logger) {
        (self.store, self.owners, self.logger) = (store, owners, logger)
    }

    /// Enqueues `text` for each admin; where the database cannot be written, the log holds it.
    package func enqueue(_ text: String, topic: String, at now: Date = Date()) async {
        let post = TopicPost(topic: topic, text: text)
        do {
            try await store.write { [owners] transaction in
                for admin in try owners.union(transaction.admins()).sorted() {
                    let chat = ChatID(private: admin)
                    try transaction.enqueue(NewMessage(.post(post), chat: chat, createdAt: now))
                }
            }
        } catch {
            logger.error("the owners cannot be told", metadata: ["text": "\(text)", "error": "\(error)"])
        }
    }
}
