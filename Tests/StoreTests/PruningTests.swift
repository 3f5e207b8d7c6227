import Contract
import Foundation
import Store
import Support
import Testing

@Suite("Pruning")
struct PruningTests {
    private static let day: TimeInterval = 86_400

    @Test("rows are deleted when their time is over; open rows and runs stay")
    func times() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            let store = try SQLiteStore(path: path)
            try await store.write { try Self.fill($0) }
            var left = [
                "invitation": 1, "postKey": 1, "looks": 2, "outbox": 3, "logLine": 2, "run": 2,
            ]
            #expect(try Self.counts(path) == left)
            for (age, change) in Self.ends {
                try await store.write { try $0.prune(now: noon + age) }
                #expect(try Self.counts(path) == left)
                left.merge(change) { $1 }
                try await store.write { try $0.prune(now: noon + age + 1) }
                #expect(try Self.counts(path) == left)
            }
        }
    }

    /// Ages at which rows are deleted, and the counts after that.
    private static let ends: [(TimeInterval, [String: Int])] = [
        (day / 2, ["invitation": 0]),
        (day, ["postKey": 0]),
        (7 * day, ["looks": 1]),
        (30 * day, ["outbox": 1, "logLine": 1]),
        (999 * day, [:]),
    ]

    /// Inserts one or two rows of each kind that ended at noon, and one that is open.
    private static func fill(_ transaction: Transaction) throws {
        let topic = try transaction.insertTopic("nightly")
        let key = PostKey(keyHash: Data([9]), contentHash: Data([8]))
        try transaction.insert(key, of: PostID(.message(1)), toTopic: topic.id, at: noon)
        _ = try transaction.insertInvitation(as: .viewer, by: 7, expiresAt: noon + day / 2)
        for (id, state) in [(1, .pending), (2, .sent), (3, .failed)] as [(OutboxID, OutboxMessage.State)] {
            try transaction.enqueue(.reply("\(state)"))
            var message = try #require(try transaction.outboxMessage(id))
            message.state = state
            try transaction.save(message)
        }
        for isOver in [true, false] {
            let blob = BlobID(bytes: Array(1...32))
            let work = Work.look(LookArguments(blob: blob))
            let look = try transaction.insert(NewJob(work: work, origin: .chat(1), createdAt: noon))
            var ended = look
            (ended.state, ended.finishedAt) = (.completed, noon)
            if isOver { try transaction.save(ended, over: look) }
            let run = try transaction.insertRun()
            var job = run.job
            (job.state, job.finishedAt) = isOver ? (.completed, noon) : (.available, nil)
            if isOver { try transaction.save(job, over: run.job) }
            try transaction.append(log: "a line", toJob: job.id, at: noon)
        }
    }

    private static func counts(_ path: String) throws -> [String: Int] {
        let looks = "(SELECT * FROM job WHERE kind = 'look')"
        let tables =
            ["invitation", "postKey", "outbox", "logLine", "run"].map { ($0, $0) } + [("looks", looks)]
        return try Dictionary(uniqueKeysWithValues: tables).mapValues { table in
            Int(try SQLite.texts("SELECT COUNT(*) FROM \(table)", from: path)[0]) ?? 0
        }
    }
}
