import Contract
import Foundation
import Jobs
import Store
import Support
import Testing

@Suite("Jobs that the runner cannot start")
struct JobRunnerQueueTests {
    @Test("a start without room waits and costs no attempt")
    func snoozed() async throws {
        let fixture = try RunnerFixture()
        fixture.engine.fail(with: EngineError.noRoom(retryAfter: .seconds(90)))
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        let job = try await fixture.job()
        #expect((job.state, job.attempt, job.availableAt) == (.scheduled, 0, noon + 90))
        #expect(job.leaseUntil == nil)
        fixture.engine.fail(with: nil)
        await fixture.runner.runOnce(now: noon + 89)
        #expect(fixture.engine.launches.isEmpty)
        await fixture.runner.runOnce(now: noon + 90)
        #expect(fixture.engine.launches.count == 1)
    }

    @Test("a start that the end of the bot interrupts is released, not failed")
    func released() async throws {
        let fixture = try RunnerFixture()
        fixture.engine.fail(with: CancellationError())
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        let job = try await fixture.job()
        #expect((job.state, job.attempt, job.failure) == (.available, 0, nil))
    }

    @Test("a run on an unknown engine fails, and its failure lists the engines of this bot")
    func unknownEngine() async throws {
        let fixture = try RunnerFixture()
        try await fixture.store.write {
            _ = try $0.enqueueRun(.training, origin: .ada, engine: .vm, at: noon)
        }
        await fixture.runner.sweep(now: noon)
        let job = try await fixture.job()
        #expect(job.state == .discarded)
        #expect(job.failure?.reason == "this bot has no engine called \"vm\"")
        #expect(job.failure?.advice.contains("local") == true)
        #expect(try await fixture.messageKinds().contains(.ended))
    }

    @Test("a job whose row cannot be read is discarded with a notice, and the other jobs start")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            let fixture = try RunnerFixture(store: SQLiteStore(path: path))
            for second in 0..<2 { try await fixture.enqueue(at: noon + Double(second)) }
            try SQLite.execute("UPDATE job SET work = '{}' WHERE id = 1", on: path)
            await fixture.runner.sweep(now: noon + 5)
            await fixture.runner.runOnce(now: noon + 5)
            #expect(fixture.engine.launches.map(\.job) == [2])
            let notices = try SQLite.texts(
                "SELECT payload FROM outbox WHERE kind = 'notification'",
                from: path
            )
            #expect(notices.count == 1)
            #expect(notices.first?.contains("Run 1 was discarded") == true)
            // It stays discarded.
            await fixture.runner.sweep(now: noon + 6)
            #expect(
                try SQLite.texts("SELECT id FROM outbox WHERE kind = 'notification'", from: path).count == 1
            )
        }
    }

    @Test("many waiting jobs of one kind do not block another kind")
    func crowd() async throws {
        let fixture = try RunnerFixture()
        for _ in 0..<60 { try await fixture.enqueue() }
        try await fixture.store.write {
            try $0.enqueueLook(at: BlobID(bytes: Array(1...32)), origin: .ada, at: noon + 9)
        }
        await fixture.runner.runOnce(now: noon + 9)
        #expect(fixture.engine.launches.map(\.job).sorted() == [1, 61])
    }

    @Test("verifications and trainings share one capacity, and the older job goes first")
    func verification() async throws {
        let fixture = try RunnerFixture()
        let work = Work.verify(VerifyArguments(blob: BlobID(bytes: Array(1...32))))
        try await fixture.store.write { _ = try $0.enqueueRun(work, origin: .ada, at: noon) }
        try await fixture.enqueue(at: noon + 1)
        let first = try await fixture.claimed(at: noon + 5)
        await fixture.runner.runOnce(now: noon + 6)
        #expect(fixture.engine.launches.map(\.job) == [1])
        let waiting = try #require(try await fixture.store.read { try $0.job(2) })
        #expect(try await fixture.store.read { try $0.jobsAhead(of: waiting) } == 1)
        try await fixture.report([(1, .completed(outcome: .done))], by: first, at: noon + 7)
        await fixture.runner.runOnce(now: noon + 8)
        #expect(fixture.engine.launches.map(\.job) == [1, 2])
    }

    @Test("when the system clock is set, leases and delays shift with it", arguments: [7_200.0, -7_200])
    func clock(_ jump: TimeInterval) async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        let start = SuspendingClock.now
        var watch = ClockWatch(wall: noon, elapsed: start)
        let drift = watch.jump(wall: noon + 4, elapsed: start + .seconds(1))
        #expect(drift == nil)
        let set = watch.jump(wall: noon + 5 + jump, elapsed: start + .seconds(2))
        let seconds = try #require(set)
        #expect(seconds == jump)
        try await fixture.store.write { try $0.shiftTimes(by: seconds) }
        await fixture.runner.runOnce(now: noon + 5 + jump)
        #expect(fixture.engine.stopped.isEmpty)
        try await fixture.report([(1, .completed(outcome: .done))], by: worker, at: noon + 6 + jump)
        #expect(try await fixture.job().state == .completed)
    }
}
