import Contract
package import Foundation
package import Store

extension Job {
    /// The largest number of attempts of a job: after the last one, even a temporary failure ends the job.
    package static var maxAttempts: Int { 3 }

    /// The job after `event`: a pure function of the job, the event and the time.
    ///
    /// - Throws: ``JobError`` if `event` cannot happen in the current state of the job.
    package func apply(_ event: JobEvent, at now: Date) throws(JobError) -> Job {
        guard !state.isTerminal else { throw .ended(state) }
        switch event {
        case .launched(let tokenHash, let until, let deadline):
            guard state != .running else { throw .impossible(event.kind, state: state) }
            return launched(tokenHash: tokenHash, until: until, deadline: deadline, at: now)
        case .priced(let price):
            guard awaitsConsent else { throw .impossible(event.kind, state: state) }
            return with { $0.price = price }
        case .consented:
            guard awaitsConsent, price != nil else { throw .impossible(event.kind, state: state) }
            return with { ($0.awaitsConsent, $0.consentedAt) = (false, now) }
        case .cancelRequested:
            return state == .running ? with { $0.cancelRequested = true } : ended(as: .cancelled, at: now)
        case .failed(let failure, let retryAfter):
            return failed(failure, retryAfter: retryAfter, at: now)
        case .started, .claimed, .renewed, .reported, .snoozed, .released, .lost:
            guard state == .running else { throw .impossible(event.kind, state: state) }
            return try whileRunning(event, at: now)
        }
    }

    /// The job after an event that can happen only to a running job.
    private func whileRunning(_ event: JobEvent, at now: Date) throws(JobError) -> Job {
        switch event {
        case .started(let handle): with { $0.handle = handle }
        case .claimed(let leaseTokenHash, let until):
            try claimed(leaseTokenHash: leaseTokenHash, until: until)
        case .renewed(let until): with { $0.leaseUntil = until }
        case .reported(let report, let number, let retryAfter):
            with { $0.lastSequence = number }.reported(report, retryAfter: retryAfter, at: now)
        case .snoozed(let until): givenBack(until: until, as: .scheduled, at: now)
        case .released: givenBack(until: now, as: .available, at: now)
        case .lost(let maxRescues): lost(maxRescues: maxRescues, at: now)
        case .launched, .failed, .priced, .consented, .cancelRequested:
            throw .impossible(event.kind, state: state)
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
        return with {
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
        let failed = with { $0.failure = failure }
        if cancelRequested { return failed.ended(as: .cancelled, at: now) }
        guard failure.isTemporary, attempt < Self.maxAttempts else {
            return failed.ended(as: .discarded, at: now)
        }
        let again = now.addingTimeInterval(retryAfter / .seconds(1))
        return failed.with { $0.wait(until: again, as: .retryable, attempts: 0) }
    }

    private func lost(maxRescues: Int, at now: Date) -> Job {
        if cancelRequested { return ended(as: .cancelled, at: now) }
        let counted = with { $0.rescues += 1 }
        guard counted.rescues <= maxRescues else {
            let failure = Failure(
                phase: phase,
                reason: "its worker was lost \(counted.rescues) times",
                advice: "Look at the logs, then try again with /retry.",
                remedy: .otherEngine
            )
            return counted.with { $0.failure = failure }.ended(as: .discarded, at: now)
        }
        return counted.with { $0.wait(until: now, as: .available, attempts: -1) }
    }

    /// The job after a start that found no room or was stopped: it waits again, and the launch is no attempt.
    ///
    /// If a person has asked to cancel the job, the job ends as cancelled instead.
    private func givenBack(until date: Date, as state: State, at now: Date) -> Job {
        cancelRequested
            ? ended(as: .cancelled, at: now) : with { $0.wait(until: date, as: state, attempts: -1) }
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

    private func with(_ change: (inout Job) -> Void) -> Job {
        var job = self
        change(&job)
        return job
    }

    /// Makes the job wait for its next launch; the tokens of its worker become invalid.
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
