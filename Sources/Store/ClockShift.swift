package import Foundation
import GRDB

extension Transaction {
    /// Moves all times that lie ahead by `seconds`, as the machine's clock was moved.
    package func shiftTimes(by seconds: Double) throws {
        let jobs = """
            UPDATE job SET leaseUntil = leaseUntil + ?1, deadline = deadline + ?1, availableAt = availableAt + ?1
            WHERE state IN ('available', 'scheduled', 'running', 'retryable')
            """
        try db.execute(sql: jobs, arguments: [seconds])
        let messages = "UPDATE outbox SET notBefore = notBefore + ? WHERE state = 'pending'"
        try db.execute(sql: messages, arguments: [seconds])
        touched.formUnion([.jobs, .outbox])
    }

    /// Has nothing wait longer than an hour that was put off before the bot started: the clock may have been set back
    /// since.
    package func shortenWaits(now: Date) throws {
        let latest = now.timeIntervalSince1970 + 3_600
        let jobs =
            "UPDATE job SET availableAt = min(availableAt, ?) WHERE state IN ('scheduled', 'retryable')"
        try db.execute(sql: jobs, arguments: [latest])
        let messages = "UPDATE outbox SET notBefore = min(notBefore, ?) WHERE state = 'pending'"
        try db.execute(sql: messages, arguments: [latest])
    }
}
