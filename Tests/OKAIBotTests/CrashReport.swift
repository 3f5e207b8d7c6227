import Foundation
import Support

/// The results of crash tests: counts of what happened, and the violated guarantees.
struct CrashReport: Sendable {
    var tests = 0
    var botKills = 0
    var workerKills = 0
    /// How often a worker was seen with open files of its job.
    var observations = 0
    /// How often the bot started a job again because its worker was lost.
    var rescues = 0
    var runs = 0
    /// The number of runs by final state.
    var ends: [String: Int] = [:]
    var posts = 0
    /// Sends without an answer, which may have been carried out.
    var unansweredSends = 0
    /// Messages that came more than once.
    var repeated = 0
    /// Messages that count as sent although none of their sends was answered.
    var unconfirmed = 0
    /// Violated guarantees, each with its seed.
    var violations: [String] = []

    static func += (left: inout CrashReport, right: CrashReport) {
        left.tests += right.tests
        left.botKills += right.botKills
        left.workerKills += right.workerKills
        left.observations += right.observations
        left.rescues += right.rescues
        left.runs += right.runs
        left.ends.merge(right.ends, uniquingKeysWith: +)
        left.posts += right.posts
        left.unansweredSends += right.unansweredSends
        left.repeated += right.repeated
        left.unconfirmed += right.unconfirmed
        left.violations += right.violations
    }
}

extension CrashReport: CustomStringConvertible {
    var description: String {
        let ends = ends.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return """
            \(tests) crash tests: the bot killed \(botKills) times, workers \(workerKills) times, \
            workers observed \(observations) times; \
            \(runs) runs (\(ends)), \(rescues) rescues; \(posts) posts; \
            \(unansweredSends) sends without an answer, \(repeated) messages that came more than once, \
            \(unconfirmed) unconfirmed; \
            \(violations.count) violated guarantees
            """
    }
}

/// What must hold after a crash test, by the database file and the calls to Telegram.
struct CrashInvariants {
    let database: String
    let calls: [BotAPIFake.Call]

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
    func report(runs: Int, posts: [String]) throws -> CrashReport {
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
            "integrity: %s":
                "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
        ]
        let found = try wrong.flatMap { sentence, query in
            try texts(query).map { sentence.replacing("%s", with: $0) }
        }
        return found + (count == "\(runs)" ? [] : ["\(runs) runs were requested, and there are \(count)"])
    }

    /// Checks that the end message of each run came once, and at most once more for each unanswered send.
    private func checkEndMessages(_ report: inout CrashReport) throws {
        let rows = try texts(
            "SELECT subject || ' ' || repeats || ' ' || (error IS NOT NULL) FROM outbox WHERE kind = 'ended'"
        )
        for row in rows {
            let parts = row.split(separator: " ").compactMap { Int($0) }
            let (run, repeats, isUnconfirmed) = (parts[0], parts[1], parts[2] == 1)
            let came = calls.count { call in
                ["sendMessage", "sendPhoto"].contains(call.method)
                    && (call.text.contains("Run \(run) finished") || call.text.contains("Run \(run) failed")
                        || call.text.contains("Run \(run)</b> was cancelled"))
            }
            count("the end of run \(run)", came: came, repeats: repeats, isUnconfirmed, &report)
        }
        if rows.count != report.runs {
            report.violations.append("\(rows.count) ends for \(report.runs) runs")
        }
    }

    private func checkArrivals(of posts: [String], _ report: inout CrashReport) throws {
        for post in posts {
            let rows = try texts(
                "SELECT repeats || ' ' || (error IS NOT NULL) FROM outbox WHERE payload LIKE '%\(post)'"
            )
            let parts = rows.first?.split(separator: " ").compactMap { Int($0) } ?? []
            guard rows.count == 1, parts.count == 2 else {
                report.violations.append("\(post) was accepted, and is in the outbox \(rows.count) times")
                continue
            }
            let came = calls.count { $0.method.hasPrefix("send") && $0.text.hasSuffix(post) }
            count(post, came: came, repeats: parts[0], parts[1] == 1, &report)
        }
    }

    private func count(
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

    private func texts(_ sql: String) throws -> [String] { try SQLite.texts(sql, from: database) }
}
