import Contract
import Foundation
import Jobs
import Logging
import Store
import Support
import Testing

@Suite("Jobs compared with a reference model")
struct JobModelTests {
    @Test(
        "after every random step, the rows agree with the model",
        arguments: RandomInput.seeds(12)
    )
    func walk(_ seed: UInt64) async throws {
        var walk = try RandomWalk(seed: seed)
        for _ in 0..<60 {
            try await walk.step()
            let differences = try await walk.differences()
            #expect(
                differences == [],
                "seed \(seed), after \(walk.history.suffix(40).joined(separator: ", "))"
            )
            guard differences.isEmpty else { return }
        }
    }
}

/// Random steps, done to the real jobs and to the model.
private struct RandomWalk {
    private(set) var history: [String] = []
    private var differences: [String] = []
    private var generator: SeededGenerator
    private var model: JobModel
    private let fixture: RunnerFixture
    private var workers: [LaunchedWorker] = []

    /// A launched worker; it may have claimed its job.
    private struct LaunchedWorker {
        let launch: Launch
        let leaseToken = Secret.random()
        /// The sequence number of its latest event.
        var sequence = 0
        var job: Int { Int(launch.job.rawValue) - 1 }
    }

    private enum Step: CaseIterable {
        case enqueue, pass, passLater, claim, claimWrongly, report, reportOld, cancel, kill, restart, setClock
        case breakEngine, fillEngine, endBot
    }

    init(seed: UInt64) throws {
        generator = SeededGenerator(seed: seed)
        fixture = try RunnerFixture(engine: EngineFake(trainings: 3))
        model = JobModel(now: noon, capacity: 3)
    }

    mutating func step() async throws {
        let step = Step.allCases.randomElement(using: &generator) ?? .pass
        history.append("\(step) at \(Int(model.now.timeIntervalSince(noon)))")
        switch step {
        case .enqueue: try await enqueue()
        case .pass: try await pass()
        case .passLater:
            model.now += Double(number(in: 1...[20, 70, 4_000, 90_000][number(in: 0...3)]))
            try await pass()
        case .claim: try await claim(rightly: true)
        case .claimWrongly: try await claim(rightly: false)
        case .report: try await report(old: false)
        case .reportOld: try await report(old: true)
        case .cancel: try await cancel()
        case .kill:
            if let handle = model.jobs.compactMap(\.handle).randomElement(using: &generator) {
                fixture.engine.kill(handle)
            }
        case .restart: try await restart()
        case .setClock: try await setClock()
        case .breakEngine: try await pass(failing: EngineError.cannotStart("x"))
        case .fillEngine: try await pass(failing: EngineError.noRoom(retryAfter: .seconds(90)))
        case .endBot: try await pass(failing: CancellationError())
        }
    }

    private mutating func number(in range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }

    // MARK: Steps

    private mutating func enqueue() async throws {
        guard model.jobs.count < 8 else { return }
        try await fixture.enqueue(at: model.now)
        model.enqueue()
    }

    private mutating func pass(failing failure: (any Error)? = nil) async throws {
        let launchesBefore = fixture.engine.launches.count
        fixture.engine.fail(with: failure)
        await fixture.runner.runOnce(now: model.now)
        model.rescue(gone: fixture.engine.killed)
        let started = model.startable()
        let launches = fixture.engine.launches.dropFirst(launchesBefore)
        for job in started {
            model.start(job, launch: -1)
            switch failure {
            case nil:
                guard let index = launches.firstIndex(where: { $0.job == JobID(Int64(job + 1)) }) else {
                    differences.append("run \(job + 1) was not started")
                    continue
                }
                model.jobs[job].launch = workers.count
                model.jobs[job].handle = "worker-\(index + 1)"
                history.append("  \(workers.count) is launched for run \(job + 1)")
                workers.append(LaunchedWorker(launch: launches[index]))
            case EngineError.noRoom?: model.snooze(job, for: 90)
            case is CancellationError: model.release(job)
            default: model.fail(job, isTemporary: true, again: model.now + 5)
            }
        }
        if failure == nil, launches.count != started.count {
            differences.append("\(launches.count) starts, and not \(started.count)")
        }
    }

    private mutating func claim(rightly: Bool) async throws {
        guard let number = workers.indices.randomElement(using: &generator) else { return }
        let worker = workers[number]
        let impostor = workers.indices.randomElement(using: &generator) ?? number
        let lease = rightly ? number : impostor
        history.append("  \(number) claims run \(worker.launch.job) as \(lease)")
        let isAccepted = model.claim(worker.job, launch: number, worker: lease)
        do {
            _ = try await fixture.queue.claim(
                worker.launch.job,
                launchToken: Secret(worker.launch.launchToken),
                leaseToken: workers[lease].leaseToken,
                now: model.now
            )
            if !isAccepted { differences.append("a claim was accepted") }
        } catch JobError.unauthorized {
            if isAccepted { differences.append("a claim was refused") }
        }
    }

    /// A worker reports new events and repeats old ones; with `old`, it only repeats.
    private mutating func report(old: Bool) async throws {
        guard let number = workers.indices.randomElement(using: &generator) else { return }
        let first = max(1, workers[number].sequence - self.number(in: 0...2))
        if !old { workers[number].sequence += self.number(in: 0...3) }
        let last = max(first, workers[number].sequence)
        let batch = EventBatch(events: (first...last).map { .init(sequence: $0, event: event()) })
        let worker = workers[number]
        let reply: Bool?
        do {
            let answer = try await fixture.queue.report(
                batch,
                of: worker.launch.job,
                leaseToken: worker.leaseToken,
                now: model.now
            )
            reply = answer.cancel
        } catch JobError.unauthorized {
            reply = nil
        }
        // The delay is random, within bounds.
        let again = try await fixture.job(worker.launch.job).availableAt
        let expected = model.report(batch.events, on: worker.job, by: number, again: again)
        if reply != expected {
            differences.append("a report was answered \(reply as Any), and not \(expected as Any)")
        }
        let wait = again.timeIntervalSince(model.now)
        if model.jobs[worker.job].state == .retryable, expected != nil, !(0...900).contains(wait) {
            differences.append("run \(worker.launch.job) waits for \(wait) s")
        }
    }

    private mutating func event() -> WorkerEvent {
        switch number(in: 0...9) {
        case 0: .completed(outcome: .done)
        case 1: .failed(failure: .passing)
        case 2: .failed(failure: .lasting)
        case 3: .cancelled
        case 4, 5: .phase(name: Phase.allCases.randomElement(using: &generator) ?? .pulling)
        case 6: .progress(fraction: Double(number(in: 0...10)) / 10, note: nil)
        default: .log(line: "a line")
        }
    }

    private mutating func cancel() async throws {
        guard let job = model.jobs.indices.randomElement(using: &generator) else { return }
        let now = model.now
        let isAccepted = model.cancel(job)
        do {
            _ = try await fixture.store.write { try $0.requestCancel(of: RunID(Int64(job + 1)), at: now) }
            if !isAccepted { differences.append("run \(job + 1) was cancelled after its end") }
        } catch JobError.ended {
            if isAccepted { differences.append("run \(job + 1) could not be cancelled") }
        }
    }

    private mutating func restart() async throws {
        model.now += Double(number(in: 0...500))
        try await fixture.runner.extendLeases(now: model.now)
        model.restart()
    }

    private mutating func setClock() async throws {
        let seconds = Double(number(in: -5_000...5_000))
        try await fixture.store.write { try $0.shiftTimes(by: seconds) }
        model.setClock(by: seconds)
    }

    // MARK: Agreement

    /// The differences between the rows and the model, and between their answers.
    mutating func differences() async throws -> [String] {
        let count = model.jobs.count
        let (jobs, ends, logs) = try await fixture.store.read { transaction in
            let jobs = try (0..<count).compactMap { try transaction.job(JobID(Int64($0 + 1))) }
            let ends = try jobs.compactMap(\.runID).map { try transaction.endMessageCount(ofRun: $0) }
            return (jobs, ends, try jobs.map { try transaction.logLineCount(ofJob: $0.id) })
        }
        var all = differences
        if jobs.count != count { all.append("\(jobs.count) jobs") }
        if jobs.count(where: { $0.state == .running }) > 3 {
            all.append("more running jobs than the capacity")
        }
        for (index, (job, entry)) in zip(jobs, model.jobs).enumerated() {
            if ends[index] != (entry.isOpen ? 0 : 1) {
                all.append("run \(index + 1) has \(ends[index]) end messages")
            }
            if (job.finishedAt == nil) != entry.isOpen {
                all.append("run \(index + 1) has a wrong end time")
            }
            let found = JobModel.Entry(job, like: entry, logLines: logs[index])
            if found != entry { all.append("run \(index + 1): \(found), and not \(entry)") }
        }
        return all
    }
}

extension JobModel.Entry {
    /// The entry of the model for `job`; a hash of a token becomes the number that `other` has in its place.
    fileprivate init(_ job: Job, like other: JobModel.Entry, logLines: Int) {
        self.init(
            state: job.state,
            availableAt: job.state.isTerminal || job.state == .running ? other.availableAt : job.availableAt,
            attempt: job.attempt,
            rescues: job.rescues,
            cancelRequested: job.cancelRequested,
            launch: job.launchTokenHash == nil ? nil : other.launch ?? -1,
            worker: job.leaseTokenHash == nil ? nil : other.worker ?? -1,
            leaseUntil: job.leaseUntil,
            deadline: other.deadline,
            handle: job.handle,
            sequence: job.lastSequence,
            phase: job.phase,
            logLines: logLines
        )
    }
}
