package import Contract
package import Foundation
package import Store

/// The rules by which workers hold jobs.
package struct LeaseTerms: Sendable {
    /// How long a worker may be silent.
    package var lease: Duration = .seconds(60)
    /// When the bot wants to hear of a worker again, so that a cancel arrives within two seconds.
    package var next: Duration = .seconds(1)
    /// How long one attempt may take.
    package var deadline: Duration = .seconds(TrainArguments.usualHours * 3_600)
    /// How many workers a job may lose before it fails.
    package var maxRescues = 3
    package var backoff = Backoff()

    package init() {}
}

/// What workers may do with jobs: claim one, report of it, read and write blobs while they hold it.
package struct JobQueue: Sendable {
    package let store: SQLiteStore
    package let terms: LeaseTerms
    /// Where workers find Walrus.
    package let walrus: WalrusAccess

    package init(store: SQLiteStore, terms: LeaseTerms = LeaseTerms(), walrus: WalrusAccess) {
        self.store = store
        self.terms = terms
        self.walrus = walrus
    }

    /// Gives the job to the worker that knows the launch token; the same pair of tokens is answered the same again.
    ///
    /// - Throws: ``JobError/unauthorized`` for any other token.
    package func claim(
        _ id: Int64,
        launchToken: Secret,
        leaseToken: Secret,
        now: Date = Date()
    ) async throws -> Assignment {
        let until = now.addingTimeInterval(terms.lease / .seconds(1))
        let job = try await store.write { transaction in
            guard let job = try transaction.job(id), job.state == .running,
                launchToken.opens(job.launchTokenHash)
            else { throw JobError.unauthorized }
            return try transaction.move(
                job,
                by: .claimed(leaseTokenHash: leaseToken.hash, until: until),
                at: now
            )
        }
        return Assignment(
            job: id,
            work: job.work,
            walrus: walrus,
            leaseSeconds: Int(terms.lease.components.seconds),
            deadline: job.deadline ?? until
        )
    }

    /// Takes a worker's events: what was seen before changes nothing, and each answer says whether to go on.
    ///
    /// - Throws: ``JobError/unauthorized`` when the lease is not this worker's any more.
    package func report(
        _ batch: EventBatch,
        of id: Int64,
        leaseToken: Secret,
        now: Date = Date()
    ) async throws -> EventReply {
        let ends = batch.events.contains { $0.event.isTerminal }
        let job = try await store.write(ends ? .full : .batched) { transaction in
            guard let job = try transaction.job(id), leaseToken.opens(job.leaseTokenHash) else {
                throw JobError.unauthorized
            }
            return job.state == .running ? try take(batch, of: job, in: transaction, at: now) : job
        }
        return EventReply(
            leaseSeconds: Int(terms.lease.components.seconds),
            nextSeconds: terms.next / .seconds(1),
            cancel: job.state == .running && job.cancelRequested
        )
    }

    /// Makes sure that the job is at work, and this worker's.
    ///
    /// - Throws: ``JobError/unauthorized``.
    package func authorize(_ id: Int64, leaseToken: Secret) async throws {
        let job = try await store.read { try $0.job(id) }
        guard let job, job.state == .running, leaseToken.opens(job.leaseTokenHash) else {
            throw JobError.unauthorized
        }
    }

    /// Whether `token` is the lease token of a job that is at work.
    package func holdsLease(_ token: Secret) async throws -> Bool {
        try await store.read { try $0.runningJobs() }.contains { token.opens($0.leaseTokenHash) }
    }

    private func take(
        _ batch: EventBatch,
        of job: Job,
        in transaction: Transaction,
        at now: Date
    ) throws -> Job {
        var moved = try renewed(job, at: now)
        for numbered in batch.events where numbered.sequence > moved.lastSequence && moved.state == .running {
            if case .log(let line) = numbered.event {
                try transaction.append(log: String(line.prefix(2_000)), toJob: job.id ?? 0, at: now)
            }
            try transaction.note(numbered.event, of: job, at: now)
            let delay = retryDelay(of: moved)
            moved = try moved.apply(.reported(numbered.event, retryAfter: delay), at: now)
            moved.lastSequence = numbered.sequence
        }
        guard moved != job else { return job }
        try transaction.save(moved, over: job)
        try transaction.tell(moved, after: job, at: now)
        let isDue = moved.lastSequence / 1_000 > job.lastSequence / 1_000
        if moved.state != .running || isDue { try transaction.trimLog(ofJob: job.id ?? 0) }
        return moved
    }

    /// The lease is written anew once a third of it is used up, not at every heartbeat.
    private func renewed(_ job: Job, at now: Date) throws -> Job {
        let lease = terms.lease / .seconds(1)
        guard let until = job.leaseUntil, until.timeIntervalSince(now) < lease * 2 / 3 else { return job }
        return try job.apply(.renewed(until: now.addingTimeInterval(lease)), at: now)
    }

    private func retryDelay(of job: Job) -> Duration {
        var generator = SystemRandomNumberGenerator()
        return terms.backoff.delay(afterAttempt: job.attempt, using: &generator)
    }
}
