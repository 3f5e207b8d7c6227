package import Contract
package import Foundation
package import Logging
package import Store

/// Sends notices to all admins, for example about money.
package struct AdminNotices: Sendable {
    private let store: SQLiteStore
    private let owners: Set<UserID>
    private let logger: Logger

    /// `owners` are the admins from the configuration; the other admins are in the database.
    package init(store: SQLiteStore, owners: Set<UserID>, logger: Logger) {
        (self.store, self.owners, self.logger) = (store, owners, logger)
    }

    /// Enqueues `text` for each admin; if the database cannot be written, logs the text instead.
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
            logger.error("a notice cannot be enqueued", metadata: ["text": "\(text)", "error": "\(error)"])
        }
    }
}
