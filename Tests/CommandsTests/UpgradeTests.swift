import Commands
import Contract
import Foundation
import Store
import Support
import Telegram
import Testing

/// The bot shows the messages, runs and results in a database that commit 17ac147 wrote.
@Suite("The chats in a database of commit 17ac147")
struct UpgradeTests {
    private static let policy = ChatPolicy(
        owners: [42],
        publicURL: "https://bot.example.org",
        downloadURL: nil,
        engine: .local
    )

    @Test("every message of its outbox can be rendered")
    func outbox() async throws {
        try await withOldStore { path, store in
            let ids = try SQLite.texts("SELECT id FROM outbox", from: path).compactMap { OutboxID($0) }
            for id in ids {
                let message = try #require(try await store.read { try $0.outboxMessage(id) })
                let rendered = try await Self.render(message, store)
                // Nothing is rendered for a topic or an invitation that was deleted since.
                guard ![.address, .invitation].contains(message.kind) else { continue }
                #expect(rendered?.text.plain.isEmpty == false, "message \(id), \(message.kind)")
            }
        }
    }

    @Test("the end of a training names the model and the receipt that it named before")
    func trained() async throws {
        try await withOldStore { path, store in
            let rows = try SQLite.texts(
                """
                SELECT runID || ' ' || json_extract(outcome, '$.trained.result.model.id') || ' '
                    || json_extract(outcome, '$.trained.result.receipt.id')
                FROM job WHERE kind = 'train' AND state = 'completed'
                """,
                from: path
            )
            #expect(rows.count > 20)
            for row in rows {
                let words = row.split(separator: " ").map(String.init)
                let run = try #require(RunID(words[0]))
                let text = try #require(try await Self.render(.ended, of: run.rawValue, store)).text.plain
                #expect(
                    text.contains("Run \(run)") && text.contains(words[1]) && text.contains(words[2]),
                    "\(text)"
                )
            }
        }
    }

    @Test("the end of a failed run gives the reason and the advice that it gave before")
    func failed() async throws {
        try await withOldStore { path, store in
            let runs = try SQLite.texts(
                "SELECT runID FROM job WHERE state = 'discarded' AND runID IS NOT NULL",
                from: path
            ).compactMap { RunID($0) }
            #expect(runs.count > 15)
            for run in runs {
                let job = try #require(try await store.read { try $0.run(run) }).job
                let text = try #require(try await Self.render(.ended, of: run.rawValue, store)).text.plain
                let failure = try #require(job.failure)
                #expect(text.contains(failure.reason) && text.contains(failure.advice), "run \(run): \(text)")
            }
        }
    }

    @Test("the live message of every run, and the card of every job of no run, can be rendered")
    func live() async throws {
        try await withOldStore { path, store in
            let runs = try SQLite.texts("SELECT id FROM run", from: path).compactMap { RunID($0) }
            for run in runs {
                let text = try await Self.render(.liveMessage, of: run.rawValue, store)?.text.plain
                #expect(text?.contains("Run \(run)") == true)
            }
            let jobs = try SQLite.texts(
                "SELECT id FROM job WHERE runID IS NULL AND finishedAt IS NOT NULL",
                from: path
            ).compactMap { Int64($0) }
            for job in jobs {
                #expect(
                    try await Self.render(.card, of: job, store)?.text.plain.isEmpty == false,
                    "job \(job)"
                )
            }
        }
    }

    private static func render(_ message: OutboxMessage, _ store: SQLiteStore) async throws
        -> RenderedMessage?
    {
        try await store.write { try Renderer(in: $0, policy: policy, now: .now).render(message) }
    }

    /// A message of that kind and subject, whether or not the outbox holds one.
    private static func render(_ kind: OutboxMessage.Kind, of subject: Int64, _ store: SQLiteStore)
        async throws -> RenderedMessage?
    {
        try await render(try OutboxMessage.make(kind, subject: subject), store)
    }

    private func withOldStore(_ body: (String, SQLiteStore) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            try OldDatabase.write(to: path)
            try await body(path, try SQLiteStore(path: path))
        }
    }
}
