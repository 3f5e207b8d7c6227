package import Foundation
import GRDB

extension Transaction {
    /// Adds `seconds` to all pending times, because the machine's clock has jumped by `seconds`.
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

    /// Caps every pending delay at one hour, in case the clock was set back while the bot did not run.
    package func capWaits(now: Date) throws {
        let latest = now.timeIntervalSince1970 + 3_600
        let jobs =
            "UPDATE job SET availableAt = min(availableAt, ?) WHERE state IN ('scheduled', 'retryable')"
        try db.execute(sql: jobs, arguments: [latest])
        let messages = "UPDATE outbox SET notBefore = min(notBefore, ?) WHERE state = 'pending'"
        try db.execute(sql: messages, arguments: [latest])
    }
}
