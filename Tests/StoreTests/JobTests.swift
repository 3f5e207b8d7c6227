import Contract
import Foundation
import Store
import Support
import Testing

@Suite("Jobs and runs as rows")
struct JobTests {
    @Test("a saved job is read back with all its fields")
    func roundTrip() async throws {
        let store = try SQLiteStore()
        var job = try await store.write { try $0.insertRun().job }
        let old = job
        job.state = .running
        job.launchTokenHash = Data([1, 2])
        job.leaseTokenHash = Data([3])
        (job.leaseUntil, job.deadline) = (noon + 60, noon + 3_600)
        (job.handle, job.attempt, job.rescues, job.lastSequence) = ("{\"pid\":1}", 2, 1, 17)
        (job.phase, job.fraction, job.note) = (.training, 0.25, "25 of 100 trees")
        job.spans = [Job.Span(phase: .pulling, startedAt: noon, endedAt: noon + 1.5)]
        job.failure = Failure(phase: .pulling, reason: "was away", advice: "Wait.", isTemporary: true)
        job.outcome = .missing(blob: BlobID(bytes: Array(1...32)))
        let changed = job
        try await store.write { try $0.save(changed, over: old) }
        #expect(try await store.read { try $0.job(1) } == changed)
    }

    @Test(
        "a save over a row that has changed meanwhile is refused",
        arguments: ["state", "launch", "lease", "events"]
    )
    func stale(_ changed: String) async throws {
        let store = try SQLiteStore()
        let old = try await store.write { try $0.insertRun().job }
        var current = old
        switch changed {
        case "state": (current.state, current.leaseUntil) = (.running, noon)
        case "launch": current.launchTokenHash = Data([1])
        case "lease": current.leaseTokenHash = Data([1])
        default: current.lastSequence = 1
        }
        let first = current
        try await store.write { try $0.save(first, over: old) }
        await #expect(throws: StoreError.staleJob(1)) {
            try await store.write { try $0.save(old, over: old) }
        }
        #expect(try await store.read { try $0.job(1) } == first)
    }

    @Test("a running job without a lease, or an ended one without a time, cannot be saved")
    func constraints() async throws {
        let store = try SQLiteStore()
        let old = try await store.write { try $0.insertRun().job }
        for state in [Job.State.running, .completed] {
            var broken = old
            broken.state = state
            let job = broken
            await #expect(throws: (any Error).self) { try await store.write { try $0.save(job, over: old) } }
        }
        #expect(try await store.read { try $0.job(1) } == old)
    }

    @Test("jobs are claimed in the order in which they became available")
    func order() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            for delay in [5.0, 1, 30, 3] { try transaction.insertRun(at: noon + delay) }
        }
        let claimable = try await store.read {
            try $0.claimableJobs(of: .train, on: .local, now: noon + 10, limit: 9)
        }
        #expect(claimable.map(\.id) == [2, 4, 1, 3])
        // A retryable or scheduled job waits for its time.
        try await store.write { transaction in
            for (id, state) in [(2, Job.State.retryable), (3, .scheduled)] as [(JobID, Job.State)] {
                let old = try #require(try transaction.job(id))
                var delayed = old
                (delayed.state, delayed.availableAt) = (state, noon + 11)
                try transaction.save(delayed, over: old)
            }
        }
        for (seconds, expected) in [(10.0, [4, 1]), (11, [4, 1, 2, 3])] as [(Double, [JobID])] {
            let claimable = try await store.read {
                try $0.claimableJobs(of: .train, on: .local, now: noon + seconds, limit: 9)
            }
            #expect(claimable.map(\.id) == expected)
        }
        let ahead = try await store.read { transaction in
            try [1, 2, 3, 4].map { try transaction.jobsAhead(of: #require(try transaction.job($0))) }
        }
        #expect(ahead == [1, 2, 3, 0])
    }

    @Test("a job of higher priority goes before older ones")
    func priority() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            try transaction.insertRun()
            var urgent = NewJob(work: .training, origin: .chat(1), createdAt: noon + 5)
            urgent.priority = 1
            _ = try transaction.insert(urgent)
        }
        let claimable = try await store.read {
            try $0.claimableJobs(of: .train, on: .local, now: noon + 10, limit: 9)
        }
        #expect(claimable.map(\.id) == [2, 1])
        let waiting = try #require(claimable.last)
        #expect(try await store.read { try $0.jobsAhead(of: waiting) } == 1)
    }

    @Test("a unique key allows one open job")
    func uniqueKey() async throws {
        let store = try SQLiteStore()
        var job = NewJob(work: .training, origin: .chat(1), createdAt: noon)
        job.uniqueKey = "once"
        let keyed = job
        let first = try await store.write { try $0.insert(keyed) }
        await #expect(throws: (any Error).self) { try await store.write { try $0.insert(keyed) } }
        #expect(try await store.read { try $0.openJob(withKey: "once") } == first)
        var ended = first
        (ended.state, ended.finishedAt) = (.cancelled, noon)
        let done = ended
        try await store.write { try $0.save(done, over: first) }
        #expect(try await store.read { try $0.openJob(withKey: "once") } == nil)
        #expect(try await store.write { try $0.insert(keyed) }.id == 2)
    }

    @Test("a row that cannot be decoded does not block others, and is discarded")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            let store = try SQLiteStore(path: path)
            try await store.write { transaction in
                for second in 0..<3 { try transaction.insertRun(at: noon + Double(second)) }
            }
            try damage(path, "UPDATE job SET work = '{\"kind\":\"paint\",\"arguments\":{}}' WHERE id = 1")
            try damage(path, "UPDATE job SET origin = 'no JSON' WHERE id = 2")
            #expect(
                try await store.read {
                    try $0.claimableJobs(of: .train, on: .local, now: noon + 9, limit: 9)
                }.map(\.id) == [3]
            )
            #expect(try await store.read { try $0.run(1) } == nil)
            let lost = try await store.read { try $0.unreadableJobs() }
            #expect(lost.map(\.id) == [1, 2])
            #expect(lost.map(\.run) == [1, 2])
            #expect(lost.map(\.chat) == [1, nil])
            try await store.write { for job in lost { try $0.discard(job, at: noon) } }
            #expect(try await store.read { try $0.unreadableJobs() } == [])
        }
    }

    /// Writes a value that this version never writes.
    private func damage(_ path: String, _ sql: String) throws {
        try SQLite.execute(sql, on: path)
    }

    @Test("a chat gets its own runs, the newest first")
    func runs() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            for chat: ChatID in [1, 2, 1, 1] { try transaction.insertRun(chat: chat) }
        }
        #expect(try await store.read { try $0.runs(ofChat: 1, limit: 2) }.map(\.id) == [4, 3])
        #expect(try await store.read { try $0.openRuns(ofChat: 2) }.map(\.id) == [2])
        #expect(try await store.read { try $0.run(99) } == nil)
    }

    @Test("a log keeps its last lines up to a number")
    func log() async throws {
        let store = try SQLiteStore()
        let limit = Transaction.logLinesKept
        try await store.write(.batched) { transaction in
            try transaction.insertRun()
            for number in 0..<limit + 3 { try transaction.append(log: "line \(number)", toJob: 1, at: noon) }
            try transaction.trimLog(ofJob: 1)
        }
        let lines = try await store.read { try $0.log(ofJob: 1) }.map(\.line)
        #expect(lines.count == limit)
        #expect(lines.first == "line 3")
        #expect(try await store.read { try $0.log(ofJob: 1, last: 2) }.map(\.line) == lines.suffix(2))
    }

    @Test("a log keeps its last lines up to a size")
    func logSize() async throws {
        let store = try SQLiteStore()
        let long = String(repeating: "x", count: Transaction.logSizeKept / 4)
        try await store.write(.batched) { transaction in
            try transaction.insertRun()
            for number in 0..<6 { try transaction.append(log: "\(number)\(long)", toJob: 1, at: noon) }
            try transaction.trimLog(ofJob: 1)
        }
        #expect(try await store.read { try $0.log(ofJob: 1) }.map(\.line.first) == ["3", "4", "5"])
    }

    @Test("runs are listed by state, page by page")
    func pages() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            for _ in 0..<5 { try transaction.insertRun() }
            for number: RunID in [1, 3, 4] {
                let job = try #require(try transaction.run(number)?.job)
                var ended = job
                (ended.state, ended.finishedAt) = (.discarded, noon)
                try transaction.save(ended, over: job)
            }
        }
        func numbers(_ states: [Job.State], skipping: Int = 0, limit: Int = 9) async throws -> [RunID] {
            try await store.read {
                try $0.runs(ofChat: 1, in: states, skipping: skipping, limit: limit).map(\.id)
            }
        }
        #expect(try await numbers([.discarded]) == [4, 3, 1])
        #expect(try await numbers([.discarded], skipping: 1, limit: 1) == [3])
        #expect(try await numbers([.available]) == [5, 2])
        #expect(try await store.read { try $0.runCount(ofChat: 1, in: [.discarded]) } == 3)
        #expect(try await store.read { try $0.runCount(ofChat: 2, in: Job.State.allCases) } == 0)
    }

    @Test("a chat gets each of its tables once, the latest first; every chat gets the card of a blob")
    func tables() async throws {
        let store = try SQLiteStore()
        let (a, b, text) = (
            BlobID(bytes: Array(1...32)), BlobID(bytes: Array(2...33)), BlobID(bytes: Array(3...34))
        )
        @Sendable func card(_ blob: BlobID, _ table: Bool, rows: Int = 1) -> BlobCard {
            BlobCard(
                blob: StoredBlob(id: blob, size: 9),
                content: table ? .csv : .text,
                table: table ? BlobCard.Table(rows: rows, columns: ["x", "y"], target: "y") : nil
            )
        }
        try await store.write { transaction in
            for card in [card(a, true), card(b, true), card(text, false), card(a, true, rows: 2)] {
                let work = Work.look(LookArguments(blob: card.blob.id))
                let job = try transaction.insert(NewJob(work: work, origin: .chat(1), createdAt: noon))
                var completed = job
                (completed.state, completed.finishedAt) = (.completed, noon)
                completed.outcome = .looked(card: card)
                try transaction.save(completed, over: job)
            }
        }
        let tables = try await store.read { try $0.tables(ofChat: 1, limit: 5) }
        #expect(tables.map(\.blob.id) == [a, b])
        #expect(try await store.read { try $0.tables(ofChat: 2, limit: 5) } == [])
        #expect(try await store.read { try $0.card(of: a) }?.table?.rows == 2)
    }
}
