import Contract
package import Foundation
package import Store

extension Transaction {
    /// Applies `events` to a job in order, saves the job, and enqueues the messages about the change.
    ///
    /// Once an event has changed the job, later events are ignored unless the job is running.
    ///
    /// - Throws: ``JobError`` for an event that cannot happen; ``StoreError/staleJob(_:)`` if the job has changed in
    ///   the database since `job` was read.
    @discardableResult
    package func transition(_ job: Job, by events: JobEvent..., at now: Date) throws -> Job {
        try transition(job, by: events, at: now)
    }

    /// Like ``transition(_:by:at:)``, but takes the events as an array.
    ///
    /// If one answer tells of many jobs (`isToldTogether`), the end of a job that waited has no message of its own.
    @discardableResult
    func transition(_ job: Job, by events: [JobEvent], isToldTogether: Bool = false, at now: Date) throws
        -> Job
    {
        var moved = job
        for event in events where moved == job || moved.state == .running {
            moved = try moved.apply(event, at: now)
            try append(event, of: job, at: now)
        }
        guard moved != job else { return job }
        try save(moved, over: job)
        try trimLog(of: moved, after: job)
        try announce(moved, after: job, isToldTogether: isToldTogether, at: now)
        return moved
    }

    /// Appends a reported line to the log, or a reported phase to the timeline.
    private func append(_ event: JobEvent, of job: Job, at now: Date) throws {
        guard case .reported(let report, _, _) = event else { return }
        switch report {
        case .log(let line):
            try append(log: String(line.prefix(Self.longestLogLine)), toJob: job.id, at: now)
        case .phase(let name):
            if let run = job.runID { try append(.phase, toRun: run, detail: name.rawValue, at: now) }
        case .progress, .completed, .failed, .cancelled: break
        }
    }

    /// The largest stored length of a log line, in characters; the rest of a longer line is not stored.
    private static var longestLogLine: Int { 2_000 }
    private static var eventsBetweenTrims: Int { 1_000 }
    /// If an attempt ends with fewer events, the log is not trimmed, because a few such attempts cannot make the log
    /// too long.
    private static var eventsWorthATrim: Int { 100 }

    /// Trims the job's log every thousand events, and when an attempt with many events ends.
    private func trimLog(of new: Job, after old: Job) throws {
        guard old.state == .running else { return }
        let isDue = new.lastSequence / Self.eventsBetweenTrims > old.lastSequence / Self.eventsBetweenTrims
        let endsLong = new.state != .running && new.lastSequence >= Self.eventsWorthATrim
        if isDue || endsLong { try trimLog(ofJob: new.id) }
    }
}
