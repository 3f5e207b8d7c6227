import Contract
import Foundation
import Jobs
import Store
import Support
import Testing

@Suite("The job runner")
struct JobRunnerTests {
    @Test("jobs start in order, and no more at once than the capacity of the engine")
    func order() async throws {
        let fixture = try RunnerFixture()
        for second in 0..<3 { try await fixture.enqueue(at: noon + Double(second)) }
        let first = try await fixture.claimed(at: noon + 5)
        await fixture.runner.runOnce(now: noon + 6)
        #expect(fixture.engine.launches.map(\.job) == [1])
        try await fixture.report([(1, .completed(outcome: .done))], by: first, at: noon + 7)
        await fixture.runner.runOnce(now: noon + 8)
        #expect(fixture.engine.launches.map(\.job) == [1, 2])
    }

    @Test("the launch has the id of the job and the token that claims it")
    func launch() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        let launch = try #require(fixture.engine.launches.first)
        #expect(launch.bot == "http://127.0.0.1:1")
        let job = try await fixture.job()
        #expect(Secret(launch.launchToken).opens(job.launchTokenHash))
        #expect(job.handle == "worker-1")
        #expect(job.leaseUntil == noon + 15)
    }

    @Test("a worker that does not claim in time is stopped, and another is started")
    func unclaimed() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        await fixture.runner.runOnce(now: noon + 14)
        #expect(fixture.engine.launches.count == 1)
        await fixture.runner.runOnce(now: noon + 16)
        #expect(fixture.engine.stopped == ["worker-1"])
        #expect(fixture.engine.launches.count == 2)
        #expect(try await fixture.job().rescues == 1)
    }

    @Test("a cancel of a run whose worker has not claimed stops the worker at once")
    func cancelledWhileStarting() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        _ = try await fixture.store.write { try $0.requestCancel(of: 1, at: noon + 1) }
        await fixture.runner.runOnce(now: noon + 2)
        #expect(fixture.engine.stopped == ["worker-1"])
        #expect(try await fixture.job().state == .cancelled)
        #expect(try await fixture.messageKinds().filter { $0 == .ended }.count == 1)
    }

    @Test(
        "a long start does not delay others, and ends when its run is cancelled",
        .timeLimit(.minutes(10))
    )
    func longStart() async throws {
        let fixture = try RunnerFixture(engine: EngineFake(trainings: 2))
        fixture.engine.hang(startOf: 1)
        let running = Task { try await fixture.runner.run() }
        defer { running.cancel() }
        try await fixture.enqueue(at: .now)
        try await eventually("its start has begun") { fixture.engine.isHanging }
        try await fixture.enqueue(at: .now)
        try await eventually("the other one has started") { fixture.engine.launches.map(\.job) == [2] }
        _ = try await fixture.store.write { try $0.requestCancel(of: 1, at: .now) }
        try await eventually("it is cancelled") { try await fixture.job(1).state == .cancelled }
        #expect(fixture.engine.launches.map(\.job) == [2])
    }

    @Test("a run that is cancelled during a start without room does not wait for another start")
    func cancelledWithoutRoom() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        var job = try await fixture.job()
        job = try job.apply(.launched(tokenHash: Data([1]), until: noon + 9, deadline: noon + 99), at: noon)
        job = try job.apply(.cancelRequested, at: noon)
        for event in [JobEvent.released, .snoozed(until: noon + 60)] {
            #expect(try job.apply(event, at: noon).state == .cancelled)
        }
    }

    @Test("a worker that has claimed its job is told to cancel, not stopped")
    func cancelledAtWork() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        _ = try await fixture.store.write { try $0.requestCancel(of: 1, at: noon + 1) }
        await fixture.runner.runOnce(now: noon + 2)
        #expect(fixture.engine.stopped.isEmpty)
        #expect(try await fixture.report([], by: worker, at: noon + 3).cancel)
    }

    @Test("the last words of a lost worker are in the log, and a worker without a row is stopped")
    func lostAndOrphaned() async throws {
        let fixture = try RunnerFixture()
        fixture.engine.setLastWords(["console: out of memory"])
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        fixture.engine.kill("worker-1")
        await fixture.runner.runOnce(now: noon + 1)
        let lines = try await fixture.store.read { try $0.log(ofJob: 1) }.map(\.line)
        #expect(lines == ["console: out of memory"])
        let orphan = WorkerKey(job: 9, attempt: 1, rescues: 0)
        let handle = try await fixture.engine.start(Launch(bot: "", job: 9, launchToken: ""), as: orphan)
        await fixture.runner.sweep(now: noon + 2)
        #expect(fixture.engine.stopped == ["worker-1", handle])
    }

    @Test("while the database cannot be written no worker is stopped, and then each gets one more lease")
    func diskAway() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            let fixture = try RunnerFixture(store: try SQLiteStore(path: path))
            try await fixture.enqueue()
            _ = try await fixture.claimed()
            let late = noon + 3_600
            try await SQLite.holding(path) { await fixture.runner.runOnce(now: late) }
            #expect(fixture.engine.stopped.isEmpty)
            await fixture.runner.runOnce(now: late, didFail: true)
            #expect(fixture.engine.stopped.isEmpty)
            #expect(try await fixture.job().rescues == 0)
            await fixture.runner.runOnce(now: late + 3_600)
            #expect(fixture.engine.stopped == ["worker-1"])
        }
    }

    @Test("after too many lost workers the run fails")
    func lostForGood() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        for minute in 0..<8 { await fixture.runner.runOnce(now: noon + Double(minute) * 60) }
        let job = try await fixture.job()
        #expect(job.state == .discarded)
        #expect(job.rescues == fixture.queue.terms.maxRescues + 1)
        #expect(fixture.engine.launches.count == fixture.queue.terms.maxRescues + 1)
        #expect(try await fixture.messageKinds().filter { $0 == .ended }.count == 1)
    }

    @Test("at the start of the bot leases are extended once, so that living workers go on")
    func extended() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        let back = noon + 3_600
        try await fixture.runner.extendLeases(now: back)
        await fixture.runner.runOnce(now: back)
        #expect(fixture.engine.stopped.isEmpty)
        try await fixture.report([(1, .completed(outcome: .done))], by: worker, at: back + 1)
        let job = try await fixture.job()
        #expect((job.state, job.rescues) == (.completed, 0))
    }

    @Test("a failed start is retried later, and after the last attempt the run fails with its reason")
    func broken() async throws {
        let fixture = try RunnerFixture()
        fixture.engine.fail(with: EngineError.cannotStart("no such binary"))
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        #expect(try await fixture.job().state == .retryable)
        await fixture.runner.runOnce(now: noon + 1)
        #expect(try await fixture.job().attempt == 1)
        for minute in 1...5 { await fixture.runner.runOnce(now: noon + Double(minute) * 60) }
        let job = try await fixture.job()
        #expect((job.state, job.attempt) == (.discarded, Job.maxAttempts))
        #expect(job.failure?.reason == "cannot start a worker: no such binary")
    }

    @Test("a run that passes its deadline is stopped and fails")
    func deadline() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        for hour in 1...24 { try await fixture.report([], by: worker, at: noon + Double(hour) * 3_600 - 1) }
        #expect(try await fixture.job().state == .running)
        await fixture.runner.runOnce(now: noon + 24 * 3_600 + 1)
        #expect(fixture.engine.stopped == ["worker-1"])
        let job = try await fixture.job()
        #expect(job.state == .discarded)
        #expect(job.failure?.reason == "it took longer than its time limit of 24 h")
    }

    @Test("a shutdown during a pass is not logged as a failure")
    func shutDown() async throws {
        let log = LogRecorder()
        let fixture = try RunnerFixture(logger: log.logger)
        try await fixture.enqueue()
        await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await fixture.runner.runOnce(now: noon)
            await fixture.runner.sweep(now: noon)
            await Pruner(store: fixture.store, logger: log.logger).prune(now: noon)
        }.value
        #expect(log.lines == [])
    }

    @Test("at the start of the bot an unclaimed launch gets the start lease of its engine again")
    func unclaimedExtended() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        try await fixture.runner.extendLeases(now: noon + 100)
        #expect(try await fixture.job().leaseUntil == noon + 115)
    }

    @Test("a temporary failure is retried after a back-off")
    func retried() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        try await fixture.report([(1, .failed(failure: .passing))], by: worker)
        let again = try await fixture.job().availableAt
        #expect(again >= noon && again <= noon + 5)
        await fixture.runner.runOnce(now: again + 0.001)
        #expect(fixture.engine.launches.count == 2)
        #expect(try await fixture.job().attempt == 2)
        #expect(try await fixture.messageKinds() == [.liveMessage])
    }
}
