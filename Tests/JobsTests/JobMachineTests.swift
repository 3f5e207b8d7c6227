import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("What can happen to a job")
struct JobMachineTests {
    private static let later = noon + 60
    private static let launched = JobEvent.launched(tokenHash: Data([1]), until: later, deadline: later)

    /// A job in `state`, by the way that leads there.
    private static func job(_ state: Job.State) throws -> Job {
        let fresh = Job(runID: 1, work: .training, origin: .ada, createdAt: noon)
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

    /// Every event, with the state to which it takes each state; none where it is refused.
    private static let table: [(JobEvent, [Job.State: Job.State])] = {
        let waiting: [Job.State] = [.available, .scheduled, .retryable]
        func all(_ from: [Job.State], to state: Job.State) -> [Job.State: Job.State] {
            Dictionary(uniqueKeysWithValues: from.map { ($0, state) })
        }
        let running: [Job.State: Job.State] = [.running: .running]
        func report(_ event: WorkerEvent) -> JobEvent { .reported(event, number: 1, retryAfter: .seconds(5)) }
        return [
            (launched, all(waiting, to: .running)),
            (.started(handle: "h"), running),
            (.claimed(leaseTokenHash: Data([2]), until: later), running),
            (.renewed(until: later), running),
            (report(.phase(name: .pulling)), running),
            (report(.progress(fraction: 0.5, note: nil)), running),
            (report(.log(line: "hello")), running),
            (report(.completed(outcome: .done)), [.running: .completed]),
            (report(.cancelled), [.running: .cancelled]),
            (report(.failed(failure: .passing)), [.running: .retryable]),
            (report(.failed(failure: .lasting)), [.running: .discarded]),
            (.failed(.lasting, retryAfter: .zero), all(waiting + [.running], to: .discarded)),
            (.cancelRequested, all(waiting, to: .cancelled).merging(running) { $1 }),
            (.lost(maxRescues: 3), [.running: .available]),
        ]
    }()

    @Test("every event in every state does what the table says, or is refused", arguments: Job.State.allCases)
    func transitions(_ state: Job.State) throws {
        for (event, targets) in Self.table {
            let job = try Self.job(state)
            if let target = targets[state] {
                #expect(try job.apply(event, at: noon).state == target, "\(event)")
            } else {
                #expect(throws: JobError.self, "\(event)") { try job.apply(event, at: noon) }
            }
        }
    }

    @Test("a run that may be retried is, three times in all, and then fails with its reason")
    func retries() throws {
        var job = try Self.job(.available)
        var states: [Job.State] = []
        for _ in 1...Job.maxAttempts {
            job = try job.apply(Self.launched, at: noon)
            job = try job.apply(.reported(.failed(failure: .passing), number: 1, retryAfter: .seconds(9)), at: noon)
            states.append(job.state)
        }
        #expect(states == [.retryable, .retryable, .discarded])
        #expect(job.attempt == 3)
        #expect(job.failure == .passing)
        #expect(job.finishedAt == noon)
    }

    @Test("a retry waits as long as it was told, with tokens that open nothing")
    func retryLater() throws {
        let job = try Self.job(.retryable)
        #expect(job.availableAt == noon + 5)
        #expect(
            job.launchTokenHash == nil && job.leaseTokenHash == nil && job.leaseUntil == nil
                && job.handle == nil
        )
    }

    @Test("a lost worker costs no attempt, but only so many may be lost")
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
        "a job that was asked to stop ends as cancelled, whatever its worker does",
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

    @Test("a cancel that comes too late does not undo a success")
    func lateCancel() throws {
        let asked = try Self.job(.running).apply(.cancelRequested, at: noon)
        #expect(
            try asked.apply(.reported(.completed(outcome: .done), number: 1, retryAfter: .zero), at: noon).state
                == .completed
        )
    }

    @Test("a second worker cannot claim; the first may ask again")
    func claims() throws {
        let claimed = try Self.job(.running).apply(.claimed(leaseTokenHash: Data([2]), until: noon), at: noon)
        #expect(try claimed.apply(.claimed(leaseTokenHash: Data([2]), until: noon), at: noon) == claimed)
        #expect(throws: JobError.unauthorized) {
            try claimed.apply(.claimed(leaseTokenHash: Data([3]), until: noon), at: noon)
        }
    }

    @Test("phases leave their times behind, without gap or overlap")
    func spans() throws {
        var job = try Self.job(.running)
        for (second, phase) in [(0.0, Phase.pulling), (2, .training), (7, .pushing)] {
            job = try job.apply(.reported(.phase(name: phase), number: 1, retryAfter: .zero), at: noon + second)
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

    @Test("progress is a share, whatever a worker says", arguments: [(-1.0, 0.0), (0.4, 0.4), (7, 1)])
    func progress(said: Double, kept: Double) throws {
        let event = JobEvent.reported(.progress(fraction: said, note: "x"), number: 1, retryAfter: .zero)
        #expect(try Self.job(.running).apply(event, at: noon).fraction == kept)
    }
}
