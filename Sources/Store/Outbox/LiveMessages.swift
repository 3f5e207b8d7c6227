package import Foundation
import GRDB

extension Transaction {
    /// Schedules one edit of the run's live message, unless an edit is already waiting.
    ///
    /// If `urgently` is true, the edit is sent before the live messages of other runs. The first live message of a run is
    /// never urgent: a person may start many runs, and waits for answers meanwhile. A run that has ended before its live
    /// message was sent gets none, because the message about its end says more.
    package func scheduleLiveMessage(of run: Run, urgently: Bool = false, at now: Date) throws {
        let sql = "SELECT * FROM outbox WHERE kind = 'anchor' AND state = 'pending' AND subject = ?"
        let waiting = try OutboxMessage.fetchOne(db, sql: sql, arguments: [run.id])
        let isFirst = try run.liveMessage == nil && !isSendingLiveMessage(of: run)
        if isFirst, run.job.state.isTerminal {
            if let waiting { try db.execute(sql: "DELETE FROM outbox WHERE id = ?", arguments: [waiting.id]) }
            return
        }
        // A person must answer the question of a run that costs money.
        let isUrgent = urgently && (!isFirst || run.job.awaitsConsent)
        guard var waiting else {
            var message = NewMessage(
                .liveMessage(run.id),
                chat: run.origin.chat,
                thread: run.origin.thread,
                createdAt: now
            )
            if isUrgent { message.urgency = .end }
            return try enqueue(message)
        }
        guard isUrgent else { return }
        (waiting.urgency, waiting.notBefore) = (.end, now)
        try save(waiting)
    }

    private func isSendingLiveMessage(of run: Run) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'sending' AND chatID = ? AND kind = 'anchor'
            AND subject = ?)
            """
        return try Bool.fetchOne(db, sql: sql, arguments: [run.origin.chat, run.id]) ?? false
    }
}
