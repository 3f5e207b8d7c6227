package import Contract
package import Foundation
package import Store

/// What workers can do with their jobs: claim a job, report events, and prove that they hold the job's lease.
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
    /// A worker may repeat its claim: the same two tokens get the same answer.
    ///
    /// - Throws: ``JobError/unauthorized`` if the job is not running, has another launch token, or was claimed with
    ///   another lease token. If the worker is too old or too new for this bot, fails the job and throws
    ///   ``JobError/unsupportedProtocol(_:supported:)``.
    package func claim(
        _ id: JobID,
        launchToken: Secret,
        leaseToken: Secret,
        protocolVersion: Int? = WorkerProtocol.current,
        now: Date = Date()
    ) async throws -> Assignment {
        let until = now.addingTimeInterval(terms.lease / .seconds(1))
        let refusal = refusal(of: protocolVersion)
        let (job, sightings) = try await store.write { transaction in
            guard let job = try transaction.job(id), job.state == .running,
                launchToken.opens(job.launchTokenHash)
            else { throw JobError.unauthorized }
            let event = refusal.map(failure) ?? .claimed(leaseTokenHash: leaseToken.hash, until: until)
            let claimed = try transaction.transition(job, by: event, at: now)
            return (claimed, try transaction.sightings(of: job.work.blobs, at: now))
        }
        if let refusal { throw refusal }
        return Assignment(
            job: id,
            work: job.work,
            walrus: walrus,
            leaseSeconds: Int(terms.lease.components.seconds),
            deadline: job.deadline ?? until,
            sightings: sightings
        )
    }

    /// Applies the events of a worker that were not applied before.
    ///
    /// The reply tells the worker whether to continue.
    ///
    /// - Throws: ``JobError/unauthorized`` unless `leaseToken` is the lease token of the job. If the bot was upgraded
    ///   and no longer supports the worker's protocol, fails the job and throws
    ///   ``JobError/unsupportedProtocol(_:supported:)``.
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

    /// Checks that the job is running and that its worker has this lease token.
    ///
    /// - Throws: ``JobError/unauthorized`` if not.
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

    /// The event that fails a job whose worker is refused.
    ///
    /// The job is not retried, because a retry would start the same worker again.
    private func failure(_ refusal: JobError) -> JobEvent {
        let words = refusal.description.split(separator: ": ", maxSplits: 1).map(String.init)
        let advice = words.last.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." } ?? ""
        let failure = Failure(phase: nil, reason: words[0], advice: advice, remedy: .otherEngine)
        return .failed(failure, retryAfter: .zero)
    }

    /// The job's events for a batch: first the lease's renewal, if due, then the worker's events that were not applied
    /// yet.
    private func events(_ batch: EventBatch, of job: Job, at now: Date) -> [JobEvent] {
        var generator = SystemRandomNumberGenerator()
        let retryAfter = terms.backoff.delay(afterAttempt: job.attempt, using: &generator)
        let reports = batch.events.filter { $0.sequence > job.lastSequence }
            .map { JobEvent.reported($0.event, number: $0.sequence, retryAfter: retryAfter) }
        return renewal(of: job, at: now) + reports
    }

    /// The renewal of the lease; empty until a third of the lease has passed, so that few reports cause a write.
    private func renewal(of job: Job, at now: Date) -> [JobEvent] {
        let lease = terms.lease / .seconds(1)
        guard let until = job.leaseUntil, until.timeIntervalSince(now) < lease * 2 / 3 else { return [] }
        return [.renewed(until: now.addingTimeInterval(lease))]
    }
}
