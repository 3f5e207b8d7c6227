import GRDB

extension Transaction {
    /// The names of the stored files that messages still have to be sent with.
    package func neededFiles() throws -> Set<String> {
        // The pattern only leaves out most posts; the decoded post decides.
        let sql = """
            SELECT payload FROM outbox
            WHERE state IN ('pending', 'sending') AND kind = 'notification' AND payload LIKE '%"stored"%'
            UNION ALL SELECT payload FROM delayedPost WHERE payload LIKE '%"stored"%'
            """
        let payloads = try String.fetchAll(db, sql: sql)
        return Set(payloads.compactMap { TopicPost(payload: $0).attachment?.storedName })
    }
}

extension TopicPost.Attachment {
    /// The name of the file in the bot's folder of attachments; nil for a URL.
    package var storedName: String? {
        if case .stored(let name) = place { name } else { nil }
    }

    package var isStored: Bool { storedName != nil }
}
