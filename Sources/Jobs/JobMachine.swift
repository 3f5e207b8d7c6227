import Contract
package import Foundation
package import Store

extension Job {
    /// How often a job that fails for reasons that may pass is tried in all.
    package static var maxAttempts: Int { 3 }

    /// The job after `event`, decided without looking at anything else.
    ///
    /// - Throws: ``JobError`` when `event` cannot happen to the job as it is.
    package func apply(_ event: JobEvent, at now: Date) throws(JobError) -> Job {
        guard !state.isTerminal else { throw .ended(state) }
        switch event {
        case .launched(let tokenHash, let until, let deadline):
            guard state != .running else { throw .impossible(event: "launched", state: state) }
            return launched(tokenHash: tokenHash, until: until, deadline: deadline, at: now)
        case .priced(let price):
            guard awaitsConsent else { throw .impossible(event: "priced", state: state) }
            return with { $0.price = price }
        case .consented:
            guard awaitsConsent, price != nil else { throw .impossible(event: "consented to", state: state) }
            return with { ($0.awaitsConsent, $0.consentedAt) = (false, now) }
        case .cancelRequested:
            return state == .running ? with { $0.cancelRequested = true } : ended(as: .cancelled, at: now)
        case .started(let handle):
            return try whileRunning("started") { $0.handle = handle }
        case .claimed(let leaseTokenHash, let until):
            return try claimed(leaseTokenHash: leaseTokenHash, until: until)
        case .renewed(let until):
            return try whileRunning("renewed") { $0.leaseUntil = until }
        case .failed(let failure, let retryAfter):
            return failed(failure, retryAfter: retryAfter, at: now)
        case .snoozed(let until):
            return try givenBack("snoozed", until: until, as: .scheduled, at: now)
        case .released:
            return try givenBack("released", until: now, as: .available, at: now)
        case .lost(let maxRescues):
            guard state == .running else { throw .impossible(event: "lost", state: state) }
            return lost(maxRescues: maxRescues, at: now)
        case .reported(let report, let retryAfter):
            guard state == .running else { throw .impossible(event: "reported", state: state) }
            return reported(report, retryAfter: retryAfter, at: now)
        }
    }

    private func launched(tokenHash: Data, until: Date, deadline: Date, at now: Date) -> Job {
        with {
            $0.state = .running
            $0.attempt += 1
            $0.launchTokenHash = tokenHash
            $0.leaseTokenHash = nil
            $0.leaseUntil = until
            $0.deadline = deadline
            $0.handle = nil
            $0.lastSequence = 0
            ($0.phase, $0.fraction, $0.note, $0.failure) = (nil, nil, nil, nil)
            $0.spans = []
            $0.startedAt = $0.startedAt ?? now
        }
    }

    private func claimed(leaseTokenHash: Data, until: Date) throws(JobError) -> Job {
        guard self.leaseTokenHash == nil || self.leaseTokenHash == leaseTokenHash else { throw .unauthorized }
        return try whileRunning("claimed") {
            $0.leaseTokenHash = leaseTokenHash
            $0.leaseUntil = until
        }
    }

    private func reported(_ report: WorkerEvent, retryAfter: Duration, at now: Date) -> Job {
        switch report {
        case .log:
            self
        case .phase(let name):
            with {
                $0.closeSpan(at: now)
                $0.spans.append(Span(phase: name, startedAt: now))
                ($0.phase, $0.fraction, $0.note) = (name, nil, nil)
            }
        case .progress(let fraction, let note):
            with { ($0.fraction, $0.note) = (min(max(fraction, 0), 1), note) }
        case .completed(let outcome):
            with { $0.outcome = outcome }.ended(as: .completed, at: now)
        case .cancelled:
            ended(as: .cancelled, at: now)
        case .failed(let failure):
            failed(failure, retryAfter: retryAfter, at: now)
        }
    }

    private func failed(_ failure: Failure, retryAfter: Duration, at now: Date) -> Job {
        let noted = with { $0.failure = failure }
        if cancelRequested { return noted.ended(as: .cancelled, at: now) }
        guard failure.isTemporary, attempt < Self.maxAttempts else {
            return noted.ended(as: .discarded, at: now)
        }
        let again = now.addingTimeInterval(retryAfter / .seconds(1))
        return noted.with { $0.wait(until: again, as: .retryable, attempts: 0) }
    }

    private func lost(maxRescues: Int, at now: Date) -> Job {
        if cancelRequested { return ended(as: .cancelled, at: now) }
        let counted = with { $0.rescues += 1 }
        guard counted.rescues <= maxRescues else {
            let reason = "its worker was lost \(counted.rescues) times"
            let failure = Failure(
                phase: phase,
                reason: reason,
                advice: "Look at the logs, then try again with /retry.",
                remedy: .otherEngine
            )
            return counted.with { $0.failure = failure }.ended(as: .discarded, at: now)
        }
        return counted.with { $0.wait(until: now, as: .available, attempts: -1) }
    }

    /// Waits again as if nothing had been tried, unless it was to be stopped meanwhile.
    private func givenBack(_ event: String, until date: Date, as state: State, at now: Date) throws(JobError)
        -> Job
    {
        if self.state == .running, cancelRequested { return ended(as: .cancelled, at: now) }
        return try whileRunning(event) { $0.wait(until: date, as: state, attempts: -1) }
    }

    private func ended(as state: State, at now: Date) -> Job {
        with {
            $0.closeSpan(at: now)
            $0.state = state
            $0.finishedAt = now
            $0.leaseUntil = nil
            $0.launchTokenHash = nil
        }
    }

    private func whileRunning(_ event: String, _ change: (inout Job) -> Void) throws(JobError) -> Job {
        guard state == .running else { throw .impossible(event: event, state: state) }
        return with(change)
    }

    private func with(_ change: (inout Job) -> Void) -> Job {
        var job = self
        change(&job)
        return job
    }

    /// Lets go of the worker: its tokens open nothing from now on.
    private mutating func wait(until date: Date, as state: State, attempts: Int) {
        closeSpan(at: date)
        self.state = state
        availableAt = date
        attempt += attempts
        (launchTokenHash, leaseTokenHash, leaseUntil, handle) = (nil, nil, nil, nil)
    }

    private mutating func closeSpan(at now: Date) {
        guard let last = spans.indices.last, spans[last].endedAt == nil else { return }
        spans[last].endedAt = now
    }
}
