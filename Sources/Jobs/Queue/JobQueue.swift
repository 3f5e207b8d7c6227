package import Contract
package import Foundation
package import Store

/// The operations of workers on their jobs: they claim a job, report its events, and prove that they hold its lease.
package struct JobQueue: Sendable {
    package let store: SQLiteStore
    package let terms: LeaseTerms
    /// Where workers read and write blobs.
    package let walrus: WalrusAccess
    /// The versions of ``WorkerProtocol`` that workers may speak.
    private let protocols: ClosedRange<Int>

    package init(
        store: SQLiteStore,
        terms: LeaseTerms = LeaseTerms(),
        walrus: WalrusAccess,
        protocols: ClosedRange<Int> = WorkerProtocol.supported
    ) {
        self.store = store
        self.terms = terms
        self.walrus = walrus
        self.protocols = protocols
    }

    /// Gives the job to the worker that has its launch token.
    ///
    /// A repeated claim with the same two tokens gets the same answer.
    ///
    /// - Throws: ``JobError/unauthorized`` for any other token; ``JobError/unsupportedProtocol(_:supported:)``, and fails
    ///   the job, if the worker is too old or too new for this bot.
    package func claim(
        _ id: JobID,
        launchToken: Secret,
        leaseToken: Secret,
        protocolVersion: Int? = WorkerProtocol.current,
        now: Date = Date()
    ) async throws -> Assignment {
        let until = now.addingTimeInterval(terms.lease / .seconds(1))
        let refusal = refusal(of: protocolVersion)
        let job = try await store.write { transaction in
            guard let job = try transaction.job(id), job.state == .running,
                launchToken.opens(job.launchTokenHash)
            else { throw JobError.unauthorized }
            let event = refusal.map(failure) ?? .claimed(leaseTokenHash: leaseToken.hash, until: until)
            return try transaction.transition(job, by: event, at: now)
        }
        if let refusal { throw refusal }
        return Assignment(
            job: id,
            work: job.work,
            walrus: walrus,
            leaseSeconds: Int(terms.lease.components.seconds),
            deadline: job.deadline ?? until
        )
    }

    /// Applies the events of a worker, without those that were applied before.
    ///
    /// The reply tells the worker whether to continue.
    ///
    /// - Throws: ``JobError/unauthorized`` if the lease token is not that of the job's current worker;
    ///   ``JobError/unsupportedProtocol(_:supported:)``, and fails the job, if the bot was upgraded while the worker ran,
    ///   and does not support the worker's protocol any more.
    package func report(
        _ batch: EventBatch,
        of id: JobID,
        leaseToken: Secret,
        now: Date = Date()
    ) async throws -> EventReply {
        let refusal = refusal(of: batch.protocolVersion)
        let ends = batch.events.contains { $0.event.isTerminal } || refusal != nil
        let job = try await store.write(ends ? .full : .batched) { transaction in
            guard let job = try transaction.job(id), leaseToken.opens(job.leaseTokenHash) else {
                throw JobError.unauthorized
            }
            guard job.state == .running else { return job }
            let events = refusal.map { [failure($0)] } ?? events(batch, of: job, at: now)
            return try transaction.transition(job, by: events, at: now)
        }
        if let refusal { throw refusal }
        return EventReply(
            leaseSeconds: Int(terms.lease.components.seconds),
            nextSeconds: terms.next / .seconds(1),
            cancel: job.state == .running && job.cancelRequested
        )
    }

    /// Checks that the job is running and that the lease token is its worker's.
    ///
    /// - Throws: ``JobError/unauthorized``.
    package func authorize(_ id: JobID, leaseToken: Secret) async throws {
        let job = try await store.read { try $0.job(id) }
        guard let job, job.state == .running, leaseToken.opens(job.leaseTokenHash) else {
            throw JobError.unauthorized
        }
    }

    /// Whether `token` is the lease token of a running job.
    package func holdsLease(_ token: Secret) async throws -> Bool {
        try await store.read { try $0.runningJobs() }.contains { token.opens($0.leaseTokenHash) }
    }

    /// The error for a worker with this version of the protocol; nil if the version is supported.
    private func refusal(of version: Int?) -> JobError? {
        let version = WorkerProtocol.version(version)
        return protocols.contains(version) ? nil : .unsupportedProtocol(version, supported: protocols)
    }

    /// The event for a job whose worker is refused; it is not retried, because a retry would start the same worker again.
    private func failure(_ refusal: JobError) -> JobEvent {
        let words = refusal.description.split(separator: ": ", maxSplits: 1).map(String.init)
        let advice = words.last.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." } ?? ""
        let failure = Failure(phase: nil, reason: words[0], advice: advice, remedy: .otherEngine)
        return .failed(failure, retryAfter: .zero)
    }

    /// The events of the job for a batch: the renewal of the lease, if it is due, then the events not applied yet.
    private func events(_ batch: EventBatch, of job: Job, at now: Date) -> [JobEvent] {
        var generator = SystemRandomNumberGenerator()
        let retryAfter = terms.backoff.delay(afterAttempt: job.attempt, using: &generator)
        let reports = batch.events.filter { $0.sequence > job.lastSequence }
            .map { JobEvent.reported($0.event, number: $0.sequence, retryAfter: retryAfter) }
        return renewal(of: job, at: now) + reports
    }

    /// The renewal of the lease, after a third of the lease has passed; so most reports without events write nothing.
    private func renewal(of job: Job, at now: Date) -> [JobEvent] {
        let lease = terms.lease / .seconds(1)
        guard let until = job.leaseUntil, until.timeIntervalSince(now) < lease * 2 / 3 else { return [] }
        return [.renewed(until: now.addingTimeInterval(lease))]
    }
}
