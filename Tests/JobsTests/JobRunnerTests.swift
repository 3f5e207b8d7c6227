import Contract
import Foundation
import Jobs
import Store
import Support
import Testing

@Suite("The job runner")
struct JobRunnerTests {
    @Test("jobs start in order, as many at once as the engine takes")
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

    @Test("the launch names the job and carries the token that claims it")
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

    @Test("a worker that does not claim in time is stopped, and another started")
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

    @Test("a worker that still starts when its run is cancelled is stopped at once, and the run is cancelled")
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
        "a start that takes long holds up no other, and is cut short when its run is cancelled",
        .timeLimit(.minutes(10))
    )
    func longStart() async throws {
        let fixture = try RunnerFixture(engine: EngineFake(trainings: 2))
        fixture.engine.stick(on: 1)
        let running = Task { try await fixture.runner.run() }
        defer { running.cancel() }
        try await fixture.enqueue(at: .now)
        try await eventually("its start is under way") { fixture.engine.isHeld }
        try await fixture.enqueue(at: .now)
        try await eventually("the other one has started") { fixture.engine.launches.map(\.job) == [2] }
        _ = try await fixture.store.write { try $0.requestCancel(of: 1, at: .now) }
        try await eventually("it is cancelled") { try await fixture.job(1).state == .cancelled }
        #expect(fixture.engine.launches.map(\.job) == [2])
    }

    @Test("a run that is cancelled while its worker cannot be had does not wait for another try")
    func cancelledWhileGivenBack() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        var job = try await fixture.job()
        job = try job.apply(.launched(tokenHash: Data([1]), until: noon + 9, deadline: noon + 99), at: noon)
        job = try job.apply(.cancelRequested, at: noon)
        for event in [JobEvent.released, .snoozed(until: noon + 60)] {
            #expect(try job.apply(event, at: noon).state == .cancelled)
        }
    }

    @Test("a worker that has claimed its job is told of the cancel, and not stopped")
    func cancelledAtWork() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        _ = try await fixture.store.write { try $0.requestCancel(of: 1, at: noon + 1) }
        await fixture.runner.runOnce(now: noon + 2)
        #expect(fixture.engine.stopped.isEmpty)
        #expect(try await fixture.report([], by: worker, at: noon + 3).cancel)
    }

    @Test("what a lost worker left to read is in the log, and a worker that no row speaks of is stopped")
    func leftBehind() async throws {
        let fixture = try RunnerFixture()
        fixture.engine.leave(["console: out of memory"])
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        fixture.engine.kill("worker-1")
        await fixture.runner.runOnce(now: noon + 1)
        let lines = try await fixture.store.read { try $0.log(ofJob: 1) }.map(\.line)
        #expect(lines == ["console: out of memory"])
        let stray = WorkerKey(job: 9, attempt: 1, rescues: 0)
        let handle = try await fixture.engine.start(Launch(bot: "", job: 9, launchToken: ""), as: stray)
        await fixture.runner.sweep(now: noon + 2)
        #expect(fixture.engine.stopped == ["worker-1", handle])
    }

    @Test("while nothing can be written no worker is stopped, and then each gets one more lease")
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

    @Test("after many lost workers the run fails and says so")
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

    @Test("leases are extended once when the bot comes back, so that living workers go on")
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

    @Test("an engine that cannot start is asked again later, and in the end the run fails with its reason")
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

    @Test("a run that outlives its deadline is stopped and fails")
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
        #expect(job.failure?.reason == "it took longer than the 24 hours that a run may take")
    }

    @Test("a shutdown in the middle of a look at the rows is no failure, and is not logged as one")
    func shutDown() async throws {
        let book = LogRecorder()
        let fixture = try RunnerFixture(logger: book.logger)
        try await fixture.enqueue()
        await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await fixture.runner.runOnce(now: noon)
            await fixture.runner.sweep(now: noon)
            await Pruner(store: fixture.store, logger: book.logger).prune(now: noon)
        }.value
        #expect(book.lines == [])
    }

    @Test("a start that nobody claimed has as long as its engine gives when the bot comes back")
    func unclaimedExtended() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        try await fixture.runner.extendLeases(now: noon + 100)
        #expect(try await fixture.job().leaseUntil == noon + 115)
    }

    @Test("a failure that may pass is tried again after its back-off")
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

@Suite("What keeps the runner from going round in circles")
struct PatrolTests {
    @Test("a start that found no room waits without using up a try")
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

    @Test("a start that the bot's own end interrupts is given back, not failed")
    func released() async throws {
        let fixture = try RunnerFixture()
        fixture.engine.fail(with: CancellationError())
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        let job = try await fixture.job()
        #expect((job.state, job.attempt, job.failure) == (.available, 0, nil))
    }

    @Test("a run on an engine that this bot does not have fails and names those that it has")
    func homeless() async throws {
        let fixture = try RunnerFixture()
        try await fixture.store.write { _ = try $0.enqueueRun(.training, origin: .ada, engine: .vm, at: noon) }
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

    @Test("a waiting crowd of one kind does not keep another kind from starting")
    func crowd() async throws {
        let fixture = try RunnerFixture()
        for _ in 0..<60 { try await fixture.enqueue() }
        try await fixture.store.write {
            try $0.enqueueLook(at: BlobID(bytes: Array(1...32)), origin: .ada, at: noon + 9)
        }
        await fixture.runner.runOnce(now: noon + 9)
        #expect(fixture.engine.launches.map(\.job).sorted() == [1, 61])
    }

    @Test("a verification waits for a training, since it trains as well; the older one goes first")
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

    @Test("when the machine's clock is set, leases and waits move along", arguments: [7_200.0, -7_200])
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

@Suite("The wait before the next try")
struct BackoffTests {
    @Test("it is a random share of a bound that doubles up to its cap")
    func bounds() {
        var generator = SystemRandomNumberGenerator()
        let backoff = Backoff(base: .seconds(5), cap: .seconds(60))
        for (attempt, bound) in [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (6, 60), (1_000, 60)] {
            let delays = (0..<200).map { _ in backoff.delay(afterAttempt: attempt, using: &generator) }
            #expect(delays.allSatisfy { $0 >= .zero && $0 <= .seconds(bound) })
            // That none of them comes this late has a chance of 1 in 10^19.
            #expect(delays.contains { $0 > .seconds(bound) * 0.8 })
        }
    }
}
