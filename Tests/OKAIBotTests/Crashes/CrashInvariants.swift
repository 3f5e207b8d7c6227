import Foundation
import Support

/// What must hold after a crash test, by the database file and the calls to Telegram.
struct CrashInvariants {
    let database: String
    let calls: [BotAPIFake.Call]
    let arrivals: [Int64: BotAPIFake.Arrival]

    /// Adds triggers to the database that record every end of a job and every change of a lease token.
    static func installTriggers(in database: String) throws {
        let ended = "IN ('completed', 'cancelled', 'discarded')"
        for statement in [
            "CREATE TABLE crashEvent (job INTEGER NOT NULL, what TEXT NOT NULL)",
            """
            CREATE TRIGGER crashEnd AFTER UPDATE OF state ON job WHEN NEW.state \(ended) AND OLD.state <> NEW.state
            BEGIN INSERT INTO crashEvent VALUES (NEW.id, 'end'); END
            """,
            """
            CREATE TRIGGER crashUndone AFTER UPDATE OF state ON job
            WHEN OLD.state \(ended) AND OLD.state <> NEW.state
            BEGIN INSERT INTO crashEvent VALUES (NEW.id, 'undone'); END
            """,
            """
            CREATE TRIGGER crashStolen AFTER UPDATE OF leaseTokenHash ON job
            WHEN OLD.leaseTokenHash <> NEW.leaseTokenHash
            BEGIN INSERT INTO crashEvent VALUES (NEW.id, 'stolen'); END
            """,
        ] {
            try SQLite.execute(statement, on: database)
        }
    }

    /// Checks everything; `runs` were requested, and `posts` were accepted.
    func report(runs: Int, posts: [CrashPost]) throws -> CrashReport {
        var report = CrashReport()
        report.runs = runs
        report.posts = posts.count
        for state in try texts("SELECT state FROM job WHERE runID IS NOT NULL") {
            report.ends[state, default: 0] += 1
        }
        report.rescues = try texts("SELECT rescues FROM job").compactMap { Int($0) }.reduce(0, +)
        report.unansweredSends = try texts("SELECT repeats FROM outbox").compactMap { Int($0) }.reduce(0, +)
        report.violations = try violations(inRowsOf: runs)
        try checkEndMessages(&report)
        try checkArrivals(of: posts, &report)
        try checkVersions(of: posts, &report)
        return report
    }

    private func violations(inRowsOf runs: Int) throws -> [String] {
        let count = try texts("SELECT COUNT(*) FROM run").first ?? ""
        let wrong = [
            "job %s has no end": """
            SELECT id FROM job WHERE state NOT IN ('completed', 'cancelled', 'discarded')
            """,
            "job %s did not end exactly once": """
            SELECT id FROM job WHERE (SELECT COUNT(*) FROM crashEvent WHERE job = job.id AND what = 'end') <> 1
            """,
            "job %s changed its state after its end": "SELECT job FROM crashEvent WHERE what = 'undone'",
            "the lease of job %s passed to another worker while it was held":
                "SELECT job FROM crashEvent WHERE what = 'stolen'",
            "message %s was not sent": """
            SELECT id || ' ' || kind || ' ' || state || ' ' || coalesce(error, '') FROM outbox
            WHERE state <> 'sent'
            """,
            "what chat %s has lost was not told": "SELECT chatID FROM droppedMessage",
            "run %s has called a blob that is there missing": """
            SELECT runID || ' ' || failure FROM job WHERE failure LIKE '%missing%' AND failure NOT LIKE '%AAAAAAAA%'
            """,
            "integrity: %s":
                "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
        ]
        let found = try wrong.flatMap { sentence, query in
            try texts(query).map { sentence.replacing("%s", with: $0) }
        }
        return found + (count == "\(runs)" ? [] : ["\(runs) runs were requested, and there are \(count)"])
    }

    /// Checks that the end message of each run, for a stored table its card, came once.
    ///
    /// It may have come once more for each unanswered send.
    private func checkEndMessages(_ report: inout CrashReport) throws {
        let rows = try texts(
            """
            SELECT subject || ' ' || repeats || ' ' || (error IS NOT NULL) || ' ' || (kind = 'card') || ' ' || chatID
            FROM outbox WHERE kind IN ('ended', 'card')
            """
        )
        for row in rows {
            let parts = row.split(separator: " ").compactMap { Int($0) }
            let (run, repeats, isUnconfirmed) = (parts[0], parts[1], parts[2] == 1)
            let words =
                parts[3] == 1
                ? ["Walrus blob"]
                : ["Run \(run) finished", "Run \(run) failed", "Run \(run)</b> was cancelled"]
            let came = calls.count { call in
                ["sendMessage", "sendPhoto"].contains(call.method) && call.chat == parts[4]
                    && words.contains { call.text.contains($0) }
            }
            count("the end of run \(run)", came: came, repeats: repeats, isUnconfirmed, &report)
        }
        if rows.count != report.runs {
            report.violations.append("\(rows.count) ends for \(report.runs) runs")
        }
    }

    func count(
        _ message: String,
        came: Int,
        repeats: Int,
        _ isUnconfirmed: Bool,
        _ report: inout CrashReport
    ) {
        report.repeated += came > 1 ? 1 : 0
        report.unconfirmed += isUnconfirmed ? 1 : 0
        guard !((isUnconfirmed ? 0 : 1)...1 + repeats).contains(came) else { return }
        report.violations.append("\(message) came \(came) times, with \(repeats) unanswered sends")
    }

    func texts(_ sql: String) throws -> [String] { try SQLite.texts(sql, from: database) }
}
