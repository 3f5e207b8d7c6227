import Contract
import Foundation
import Store

/// A reference model of jobs, as simple as possible: one list, one clock, no database, numbers instead of tokens.
struct JobModel {
    struct Entry: Equatable {
        var state = Job.State.available
        var availableAt: Date
        var attempt = 0
        var rescues = 0
        var cancelRequested = false
        /// The launch that may claim the job, and the worker that has claimed it.
        var launch: Int?
        var worker: Int?
        var leaseUntil: Date?
        var deadline: Date?
        var handle: String?
        var sequence = 0
        var phase: Phase?
        var logLines = 0

        var isOpen: Bool { !state.isTerminal }
    }

    /// The job of run n is at index n - 1.
    var jobs: [Entry] = []
    var now: Date
    let capacity: Int

    private static let maxAttempts = 3
    private static let maxRescues = 3

    mutating func enqueue() {
        jobs.append(Entry(availableAt: now))
    }

    /// Returns false if the job has ended.
    mutating func cancel(_ job: Int) -> Bool {
        guard jobs[job].isOpen else { return false }
        if jobs[job].state == .running { jobs[job].cancelRequested = true } else { end(job, .cancelled) }
        return true
    }

    // MARK: The runner

    mutating func rescue(gone: Set<String>) {
        for job in jobs.indices where jobs[job].state == .running {
            let entry = jobs[job]
            let isUnwanted = entry.cancelRequested && entry.worker == nil && entry.handle != nil
            let isLost =
                (entry.leaseUntil ?? now) < now || entry.handle.map(gone.contains) == true || isUnwanted
            if (entry.deadline ?? now) < now {
                end(job, entry.cancelRequested ? .cancelled : .discarded)
            } else if isLost, entry.cancelRequested {
                end(job, .cancelled)
            } else if isLost {
                jobs[job].rescues += 1
                jobs[job].rescues > Self.maxRescues
                    ? end(job, .discarded) : wait(job, .available, until: now, refund: 1)
            }
        }
    }

    /// The jobs that the runner starts now, in order.
    func startable() -> [Int] {
        let free = capacity - jobs.count { $0.state == .running }
        let waiting = jobs.indices.filter { job in
            switch jobs[job].state {
            case .available: true
            case .scheduled, .retryable: jobs[job].availableAt <= now
            case .running, .completed, .cancelled, .discarded: false
            }
        }
        return Array(
            waiting.sorted { (jobs[$0].availableAt, $0) < (jobs[$1].availableAt, $1) }.prefix(max(0, free))
        )
    }

    mutating func start(_ job: Int, launch: Int) {
        jobs[job].state = .running
        jobs[job].attempt += 1
        (jobs[job].launch, jobs[job].worker, jobs[job].handle) = (launch, nil, nil)
        (jobs[job].leaseUntil, jobs[job].deadline) = (now + 15, now + 86_400)
        (jobs[job].sequence, jobs[job].phase) = (0, nil)
    }

    mutating func snooze(_ job: Int, for seconds: TimeInterval) {
        returnToQueue(job, .scheduled, until: now + seconds)
    }

    mutating func release(_ job: Int) { returnToQueue(job, .available, until: now) }

    private mutating func returnToQueue(_ job: Int, _ state: Job.State, until date: Date) {
        jobs[job].cancelRequested ? end(job, .cancelled) : wait(job, state, until: date, refund: 1)
    }

    mutating func fail(_ job: Int, isTemporary: Bool, again: Date) {
        if jobs[job].cancelRequested {
            end(job, .cancelled)
        } else if isTemporary, jobs[job].attempt < Self.maxAttempts {
            wait(job, .retryable, until: again, refund: 0)
        } else {
            end(job, .discarded)
        }
    }

    // MARK: Workers

    /// Returns false if a token is not valid.
    mutating func claim(_ job: Int, launch: Int, worker: Int) -> Bool {
        guard jobs[job].state == .running, jobs[job].launch == launch,
            jobs[job].worker == nil || jobs[job].worker == worker
        else { return false }
        (jobs[job].worker, jobs[job].leaseUntil) = (worker, now + 60)
        return true
    }

    /// Returns nil if the token is not valid, else whether the worker is to cancel.
    mutating func report(
        _ events: [EventBatch.Numbered],
        on job: Int,
        by worker: Int,
        again: Date
    ) -> Bool? {
        guard jobs[job].worker == worker else { return nil }
        guard jobs[job].state == .running else { return false }
        if let until = jobs[job].leaseUntil, until.timeIntervalSince(now) < 40 {
            jobs[job].leaseUntil = now + 60
        }
        for event in events where event.sequence > jobs[job].sequence && jobs[job].state == .running {
            jobs[job].sequence = event.sequence
            switch event.event {
            case .log: jobs[job].logLines += 1
            case .phase(let phase): jobs[job].phase = phase
            case .progress: break
            case .completed: end(job, .completed)
            case .cancelled: end(job, .cancelled)
            case .failed(let failure): fail(job, isTemporary: failure.isTemporary, again: again)
            }
        }
        return jobs[job].state == .running && jobs[job].cancelRequested
    }

    // MARK: Time

    /// The bot starts again and extends leases.
    mutating func restart() {
        for job in jobs.indices {
            switch jobs[job].state {
            case .running:
                let lease = jobs[job].worker == nil ? 15.0 : 60
                jobs[job].leaseUntil = max(jobs[job].leaseUntil ?? now, now + lease)
            case .scheduled, .retryable: jobs[job].availableAt = min(jobs[job].availableAt, now + 3_600)
            case .available, .completed, .cancelled, .discarded: break
            }
        }
    }

    mutating func setClock(by seconds: TimeInterval) {
        now += seconds
        for job in jobs.indices where jobs[job].isOpen {
            jobs[job].availableAt += seconds
            jobs[job].leaseUntil = jobs[job].leaseUntil.map { $0 + seconds }
            jobs[job].deadline = jobs[job].deadline.map { $0 + seconds }
        }
    }

    // MARK: Ends

    private mutating func end(_ job: Int, _ state: Job.State) {
        jobs[job].state = state
        (jobs[job].leaseUntil, jobs[job].launch) = (nil, nil)
    }

    private mutating func wait(_ job: Int, _ state: Job.State, until date: Date, refund: Int) {
        (jobs[job].state, jobs[job].availableAt) = (state, date)
        jobs[job].attempt -= refund
        (jobs[job].launch, jobs[job].worker, jobs[job].leaseUntil, jobs[job].handle) = (nil, nil, nil, nil)
    }
}
