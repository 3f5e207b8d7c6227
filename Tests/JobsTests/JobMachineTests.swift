import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("The state machine of a job")
struct JobMachineTests {
    private static let later = noon + 60
    private static let launched = JobEvent.launched(tokenHash: Data([1]), until: later, deadline: later)

    /// A job that has come to `state` by events.
    private static func job(_ state: Job.State) throws -> Job {
        let fresh = Job(id: 1, NewJob(runID: 1, work: .training, origin: .ada, createdAt: noon))
        func running() throws -> Job { try fresh.apply(launched, at: noon) }
        func reported(_ event: WorkerEvent) throws -> Job {
            try running().apply(.reported(event, number: 1, retryAfter: .seconds(5)), at: noon)
        }
        switch state {
        case .available: return fresh
        case .scheduled:
            var job = fresh
            job.state = .scheduled
            return job
        case .running: return try running()
        case .retryable: return try reported(.failed(failure: .passing))
        case .completed: return try reported(.completed(outcome: .done))
        case .cancelled: return try reported(.cancelled)
        case .discarded: return try reported(.failed(failure: .lasting))
        }
    }

    /// An event, and the next state for each state in which the event is allowed.
    private typealias Row = (event: JobEvent, targets: [Job.State: Job.State])

    private static func all(_ from: [Job.State], to state: Job.State) -> [Job.State: Job.State] {
        Dictionary(uniqueKeysWithValues: from.map { ($0, state) })
    }

    /// The rows of the table for one kind of event; the switch has a case for every kind.
    private static func rows(_ kind: JobEvent.Kind) -> [Row] {
        let running: [Job.State: Job.State] = [.running: .running]
        switch kind {
        case .launched: return [(launched, all(Job.State.waiting, to: .running))]
        case .started: return [(.started(handle: "h"), running)]
        case .claimed: return [(.claimed(leaseTokenHash: Data([2]), until: later), running)]
        case .renewed: return [(.renewed(until: later), running)]
        case .reported:
            let reports: [(WorkerEvent, Job.State)] = [
                (.phase(name: .pulling), .running), (.progress(fraction: 0.5, note: nil), .running),
                (.log(line: "hello"), .running), (.completed(outcome: .done), .completed),
                (.cancelled, .cancelled), (.failed(failure: .passing), .retryable),
                (.failed(failure: .lasting), .discarded),
            ]
            return reports.map { event, state in
                (.reported(event, number: 1, retryAfter: .seconds(5)), [.running: state])
            }
        case .failed:
            return [
                (.failed(.lasting, retryAfter: .zero), all(Job.State.waiting + [.running], to: .discarded))
            ]
        case .snoozed: return [(.snoozed(until: later), [.running: .scheduled])]
        case .released: return [(.released, [.running: .available])]
        // These are for jobs that await consent; the test `consent` has them.
        case .priced: return [(.priced(0.2), [:])]
        case .consented: return [(.consented, [:])]
        case .cancelRequested:
            return [(.cancelRequested, all(Job.State.waiting, to: .cancelled).merging(running) { $1 })]
        case .lost: return [(.lost(maxRescues: 3), [.running: .available])]
        }
    }

    @Test(
        "every event in every state leads to the state of the table, or is refused",
        arguments: JobEvent.Kind.allCases,
        Job.State.allCases
    )
    func transitions(_ kind: JobEvent.Kind, _ state: Job.State) throws {
        for (event, targets) in Self.rows(kind) {
            #expect(event.kind == kind)
            let job = try Self.job(state)
            if let target = targets[state] {
                #expect(try job.apply(event, at: noon).state == target, "\(event)")
            } else {
                #expect(throws: JobError.self, "\(event)") { try job.apply(event, at: noon) }
            }
        }
    }

    @Test("a paid job is priced once, and then consented to")
    func consent() throws {
        var new = NewJob(runID: 1, work: .training, origin: .ada, engine: .fluence, createdAt: noon)
        new.awaitsConsent = true
        let job = Job(id: 1, new)
        #expect(throws: JobError.impossible(.consented, state: .available)) {
            try job.apply(.consented, at: noon)
        }
        let priced = try job.apply(.priced(0.2), at: noon)
        #expect((priced.price, priced.awaitsConsent) == (0.2, true))
        let agreed = try priced.apply(.consented, at: noon + 1)
        #expect((agreed.awaitsConsent, agreed.consentedAt) == (false, noon + 1))
        #expect(throws: JobError.impossible(.priced, state: .available)) {
            try agreed.apply(.priced(0.3), at: noon)
        }
    }

    @Test("a temporary failure is retried twice; the third one discards the job")
    func retries() throws {
        var job = try Self.job(.available)
        var states: [Job.State] = []
        for _ in 1...Job.maxAttempts {
            job = try job.apply(Self.launched, at: noon)
            let failed = JobEvent.reported(.failed(failure: .passing), number: 1, retryAfter: .seconds(9))
            job = try job.apply(failed, at: noon)
            states.append(job.state)
        }
        #expect(states == [.retryable, .retryable, .discarded])
        #expect(job.attempt == 3)
        #expect(job.failure == .passing)
        #expect(job.finishedAt == noon)
    }

    @Test("a retryable job waits for its delay and has no tokens")
    func retryLater() throws {
        let job = try Self.job(.retryable)
        #expect(job.availableAt == noon + 5)
        #expect(
            job.launchTokenHash == nil && job.leaseTokenHash == nil && job.leaseUntil == nil
                && job.handle == nil
        )
    }

    @Test("a lost worker costs no attempt; the fourth one discards the job")
    func rescues() throws {
        var job = try Self.job(.available)
        for rescue in 1...3 {
            job = try job.apply(Self.launched, at: noon).apply(.lost(maxRescues: 3), at: noon)
            #expect((job.state, job.attempt, job.rescues) == (.available, 0, rescue))
        }
        job = try job.apply(Self.launched, at: noon).apply(.lost(maxRescues: 3), at: noon)
        #expect(job.state == .discarded)
        #expect(job.failure?.reason == "its worker was lost 4 times")
    }

    @Test(
        "after a request to cancel, every end but success is cancelled",
        arguments: [
            JobEvent.lost(maxRescues: 3), .failed(.lasting, retryAfter: .zero),
            .reported(.failed(failure: .passing), number: 1, retryAfter: .zero),
            .reported(.cancelled, number: 1, retryAfter: .zero),
        ]
    )
    func cancelled(_ event: JobEvent) throws {
        let asked = try Self.job(.running).apply(.cancelRequested, at: noon)
        #expect(asked.cancelRequested)
        #expect(try asked.apply(event, at: noon).state == .cancelled)
    }

    @Test("after a request to cancel, a success still counts")
    func lateCancel() throws {
        let asked = try Self.job(.running).apply(.cancelRequested, at: noon)
        #expect(
            try asked.apply(.reported(.completed(outcome: .done), number: 1, retryAfter: .zero), at: noon)
                .state
                == .completed
        )
    }

    @Test("a second worker cannot claim; the first may repeat its claim")
    func claims() throws {
        let claimed = try Self.job(.running).apply(.claimed(leaseTokenHash: Data([2]), until: noon), at: noon)
        #expect(try claimed.apply(.claimed(leaseTokenHash: Data([2]), until: noon), at: noon) == claimed)
        #expect(throws: JobError.unauthorized) {
            try claimed.apply(.claimed(leaseTokenHash: Data([3]), until: noon), at: noon)
        }
    }

    @Test("spans of phases have no gap and no overlap")
    func spans() throws {
        var job = try Self.job(.running)
        for (second, phase) in [(0.0, Phase.pulling), (2, .training), (7, .pushing)] {
            job = try job.apply(
                .reported(.phase(name: phase), number: 1, retryAfter: .zero),
                at: noon + second
            )
        }
        job = try job.apply(.reported(.completed(outcome: .done), number: 1, retryAfter: .zero), at: noon + 8)
        #expect(
            job.spans == [
                Job.Span(phase: .pulling, startedAt: noon, endedAt: noon + 2),
                Job.Span(phase: .training, startedAt: noon + 2, endedAt: noon + 7),
                Job.Span(phase: .pushing, startedAt: noon + 7, endedAt: noon + 8),
            ]
        )
    }

    @Test("progress is limited to 0...1", arguments: [(-1.0, 0.0), (0.4, 0.4), (7, 1)])
    func progress(reported: Double, saved: Double) throws {
        let event = JobEvent.reported(.progress(fraction: reported, note: "x"), number: 1, retryAfter: .zero)
        #expect(try Self.job(.running).apply(event, at: noon).fraction == saved)
    }
}
