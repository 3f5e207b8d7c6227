package import Contract
package import Foundation
package import Store

/// The requests of people and pages, each as one change of the rows.
extension Transaction {
    /// Enqueues a run: inserts the run, its job, the first entry of its timeline and its live message.
    package func enqueueRun(_ work: Work, origin: Origin, engine: EngineName = .local, at now: Date) throws
        -> Run
    {
        let new = NewRun(work: work, origin: origin, createdAt: now)
        let run = try insert(new) { id in
            var job = NewJob(runID: id, work: work, origin: origin, engine: engine, createdAt: now)
            if work.kind == .build { job.uniqueKey = Self.buildKey }
            job.awaitsConsent = engine.isPaid
            return job
        }
        try append(.asked, toRun: run.id, by: origin.userName, at: now)
        try scheduleLiveMessage(of: run, urgently: true, at: now)
        return run
    }

    /// The open job that builds an image; there is at most one.
    package func openBuild() throws -> Job? { try openJob(withKey: Self.buildKey) }

    private static var buildKey: String { "build" }

    /// Enqueues a look job for the blob; its card is sent to the chat.
    ///
    /// If that chat already has one open, does nothing.
    package func enqueueLook(at blob: BlobID, origin: Origin, at now: Date) throws {
        let key = "look \(origin.place) \(blob)"
        try enqueue(.look(LookArguments(blob: blob)), unlessOpen: key, origin: origin, at: now)
    }

    /// Enqueues a job that brings a blob to the chat as a file.
    ///
    /// If that chat already has one open, does nothing.
    package func enqueueFetch(_ arguments: FetchArguments, origin: Origin, at now: Date) throws {
        let key = "fetch \(origin.place) \(arguments.blob)"
        try enqueue(.fetch(arguments), unlessOpen: key, origin: origin, at: now)
    }

    /// Enqueues a job that predicts rows with a model; the prediction is sent to the chat.
    package func enqueuePrediction(_ arguments: PredictArguments, origin: Origin, at now: Date) throws {
        try enqueue(.predict(arguments), origin: origin, at: now)
    }

    /// Enqueues a short job that belongs to no run; it is launched before the jobs of runs.
    private func enqueue(_ work: Work, unlessOpen key: String? = nil, origin: Origin, at now: Date) throws {
        if let key, try openJob(withKey: key) != nil { return }
        var job = NewJob(work: work, origin: origin, createdAt: now)
        (job.uniqueKey, job.priority) = (key, 1)
        _ = try insert(job)
    }

    /// Cancels the run for `person`: a waiting run ends at once, a running one through its worker.
    ///
    /// - Throws: ``JobError/ended(_:)`` if the run has ended already.
    package func requestCancel(of id: RunID, by person: String? = nil, at now: Date) throws -> Run {
        guard let run = try run(id) else { throw StoreError.noRun(id) }
        if !run.job.cancelRequested { try append(.stopAsked, toRun: id, by: person, at: now) }
        try transition(run.job, by: .cancelRequested, at: now)
        return try self.run(id) ?? run
    }

    /// Discards a job whose row cannot be decoded, and notifies the chat that requested it.
    func discardAndNotify(_ job: UnreadableJob, at now: Date) throws {
        try discard(job, at: now)
        guard let chat = job.chat else { return }
        let what = job.run.map { "Run \($0)" } ?? "A look at a blob"
        let text = "\(what) was discarded: its record cannot be read. Please ask for it again."
        try enqueue(NewMessage(.post(TopicPost(topic: "OKAI Bot", text: text)), chat: chat, createdAt: now))
    }
}

extension Origin {
    /// The chat and its topic, as part of a job's unique key.
    fileprivate var place: String { "\(chat) \(thread.map(\.description) ?? "0")" }
}
