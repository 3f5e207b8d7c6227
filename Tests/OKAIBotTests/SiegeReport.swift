import Foundation
import Support

/// What came out of sieges: how much was done to the bot, and what of its promises did not hold.
struct SiegeReport: Sendable {
    var sieges = 0
    var botKills = 0
    var workerKills = 0
    /// How often a worker was seen at its job's files.
    var sightings = 0
    /// Workers that the bot started anew, because theirs was lost.
    var rescues = 0
    var runs = 0
    /// How runs ended, by state.
    var ends: [String: Int] = [:]
    var posts = 0
    /// Sends whose fate nobody knew, and messages that therefore came more than once.
    var unknownFates = 0
    var repeated = 0
    /// Promises that were broken, each with its seed.
    var breaches: [String] = []

    static func += (left: inout SiegeReport, right: SiegeReport) {
        left.sieges += right.sieges
        left.botKills += right.botKills
        left.workerKills += right.workerKills
        left.sightings += right.sightings
        left.rescues += right.rescues
        left.runs += right.runs
        left.ends.merge(right.ends, uniquingKeysWith: +)
        left.posts += right.posts
        left.unknownFates += right.unknownFates
        left.repeated += right.repeated
        left.breaches += right.breaches
    }
}

extension SiegeReport: CustomStringConvertible {
    var description: String {
        let ends = ends.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return """
            \(sieges) sieges: the bot killed \(botKills) times, workers \(workerKills) times, \
            workers seen at work \(sightings) times; \
            \(runs) runs (\(ends)), \(rescues) rescues; \(posts) posts; \
            \(unknownFates) sends of unknown fate, \(repeated) messages that came twice; \
            \(breaches.count) broken promises
            """
    }
}

/// What must be true once a siege is over, read from the database file and from what Telegram saw.
struct SiegeInspection {
    let database: String
    let calls: [BotAPIFake.Call]

    /// Has the file itself note every end of a job, and every lease that changes hands.
    static func install(in database: String) throws {
        let ended = "IN ('completed', 'cancelled', 'discarded')"
        for statement in [
            "CREATE TABLE siege (job INTEGER NOT NULL, what TEXT NOT NULL)",
            """
            CREATE TRIGGER siegeEnd AFTER UPDATE OF state ON job WHEN NEW.state \(ended) AND OLD.state <> NEW.state
            BEGIN INSERT INTO siege VALUES (NEW.id, 'end'); END
            """,
            """
            CREATE TRIGGER siegeUndone AFTER UPDATE OF state ON job
            WHEN OLD.state \(ended) AND OLD.state <> NEW.state
            BEGIN INSERT INTO siege VALUES (NEW.id, 'undone'); END
            """,
            """
            CREATE TRIGGER siegeStolen AFTER UPDATE OF leaseTokenHash ON job
            WHEN OLD.leaseTokenHash <> NEW.leaseTokenHash
            BEGIN INSERT INTO siege VALUES (NEW.id, 'stolen'); END
            """,
        ] {
            try SQLite.execute(statement, on: database)
        }
    }

    /// Looks at everything; `runs` were asked for, and `posts` were accepted.
    func report(runs: Int, posts: [String]) throws -> SiegeReport {
        var report = SiegeReport()
        report.runs = runs
        report.posts = posts.count
        for state in try texts("SELECT state FROM job WHERE runID IS NOT NULL") {
            report.ends[state, default: 0] += 1
        }
        report.rescues = try texts("SELECT rescues FROM job").compactMap { Int($0) }.reduce(0, +)
        report.unknownFates = try texts("SELECT repeats FROM outbox").compactMap { Int($0) }.reduce(0, +)
        report.breaches = try brokenRows(runs: runs)
        try noticesOfEnds(&report)
        try arrivals(of: posts, &report)
        return report
    }

    private func brokenRows(runs: Int) throws -> [String] {
        let count = try texts("SELECT COUNT(*) FROM run").first ?? ""
        let wrong = [
            "job %s has no end": """
            SELECT id FROM job WHERE state NOT IN ('completed', 'cancelled', 'discarded')
            """,
            "job %s did not end exactly once": """
            SELECT id FROM job WHERE (SELECT COUNT(*) FROM siege WHERE job = job.id AND what = 'end') <> 1
            """,
            "job %s went on after its end": "SELECT job FROM siege WHERE what = 'undone'",
            "the lease of job %s changed hands while it was held":
                "SELECT job FROM siege WHERE what = 'stolen'",
            "message %s was neither sent nor given up for a reason": """
            SELECT id || ' ' || kind || ' ' || state || ' ' || coalesce(error, '') FROM outbox
            WHERE state <> 'sent'
            """,
            "integrity: %s":
                "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
        ]
        let found = try wrong.flatMap { sentence, query in
            try texts(query).map { sentence.replacing("%s", with: $0) }
        }
        return found + (count == "\(runs)" ? [] : ["\(runs) runs were asked for, and there are \(count)"])
    }

    /// The end of each run is told once, and once more for each send of it whose fate nobody knew.
    private func noticesOfEnds(_ report: inout SiegeReport) throws {
        let rows = try texts("SELECT subject || ' ' || repeats FROM outbox WHERE kind = 'ended'")
        for row in rows {
            let parts = row.split(separator: " ").compactMap { Int($0) }
            let (run, repeats) = (parts[0], parts[1])
            let told = calls.count { call in
                ["sendMessage", "sendPhoto"].contains(call.method)
                    && (call.text.contains("Run \(run) finished") || call.text.contains("Run \(run) failed")
                        || call.text.contains("Run \(run)</b> was cancelled"))
            }
            note("the end of run \(run)", came: told, repeats: repeats, &report)
        }
        if rows.count != report.runs { report.breaches.append("\(rows.count) ends for \(report.runs) runs") }
    }

    private func arrivals(of posts: [String], _ report: inout SiegeReport) throws {
        for post in posts {
            let rows = try texts("SELECT repeats FROM outbox WHERE payload LIKE '%\(post)'")
            guard rows.count == 1, let repeats = Int(rows[0]) else {
                report.breaches.append("\(post) was accepted, and lies in the outbox \(rows.count) times")
                continue
            }
            let came = calls.count { $0.method == "sendMessage" && $0.text.hasSuffix(post) }
            note(post, came: came, repeats: repeats, &report)
        }
    }

    private func note(_ what: String, came: Int, repeats: Int, _ report: inout SiegeReport) {
        report.repeated += came > 1 ? 1 : 0
        guard !(1...1 + repeats).contains(came) else { return }
        report.breaches.append("\(what) came \(came) times, with \(repeats) sends of unknown fate")
    }

    private func texts(_ sql: String) throws -> [String] { try SQLite.texts(sql, from: database) }
}
