package import Contract
package import Foundation
package import Store

/// The requests of people and pages; each is made in one transaction.
extension Transaction {
    /// Enqueues a run: inserts the run, its job, the first entry of its timeline and its live message.
    ///
    /// If one answer tells of many runs (`isToldTogether`), the live message comes only when the run starts, or waits
    /// for consent.
    package func enqueueRun(
        _ work: Work,
        origin: Origin,
        engine: EngineName = .local,
        isToldTogether: Bool = false,
        at now: Date
    ) throws -> Run {
        let new = NewRun(work: work, origin: origin, createdAt: now)
        let run = try insert(new) { id in
            var job = NewJob(runID: id, work: work, origin: origin, engine: engine, createdAt: now)
            if work.kind == .build { job.uniqueKey = Self.buildKey }
            job.awaitsConsent = engine.isPaid
            return job
        }
        try append(.asked, toRun: run.id, by: origin.userName, at: now)
        if !isToldTogether || run.job.awaitsConsent {
            try scheduleLiveMessage(of: run, urgently: true, at: now)
        }
        return run
    }

    /// The open job that builds an image; there is at most one.
    package func openBuild() throws -> Job? { try openJob(withKey: Self.buildKey) }

    private static var buildKey: String { "build" }

    /// Enqueues a job that reads the blob and describes it; the description is sent to the chat as a card.
    ///
    /// Does nothing if the chat already has such a job open for the blob.
    package func enqueueLook(at blob: BlobID, origin: Origin, at now: Date) throws {
        let key = "look \(origin.place) \(blob)"
        try enqueue(.look(LookArguments(blob: blob)), unlessOpen: key, origin: origin, at: now)
    }

    /// Enqueues a job that reads a blob; the blob is sent to the chat as a file.
    ///
    /// Does nothing if the chat already has such a job open for the blob.
    package func enqueueFetch(_ arguments: FetchArguments, origin: Origin, at now: Date) throws {
        let key = "fetch \(origin.place) \(arguments.blob)"
        try enqueue(.fetch(arguments), unlessOpen: key, origin: origin, at: now)
    }

    /// Enqueues a job that predicts rows with a model; the prediction is sent to the chat.
    package func enqueuePrediction(_ arguments: PredictArguments, origin: Origin, at now: Date) throws {
        try enqueue(.predict(arguments), origin: origin, at: now)
    }

    /// Enqueues a short job that belongs to no run, with a higher priority than the jobs of runs.
    private func enqueue(_ work: Work, unlessOpen key: String? = nil, origin: Origin, at now: Date) throws {
        if let key, try openJob(withKey: key) != nil { return }
        var job = NewJob(work: work, origin: origin, createdAt: now)
        (job.uniqueKey, job.priority) = (key, 1)
        _ = try insert(job)
    }

    /// Cancels the run for `person`; a waiting run ends at once, a running run ends when its worker stops or is lost.
    ///
    /// If one answer tells of many runs (`isToldTogether`), a waiting run gets no message about its end.
    ///
    /// - Throws: ``JobError/ended(_:)`` if the run has ended already; ``StoreError/noRun(_:)`` if it does not exist.
    package func requestCancel(
        of id: RunID,
        by person: String? = nil,
        isToldTogether: Bool = false,
        at now: Date
    ) throws -> Run {
        guard let run = try run(id) else { throw StoreError.noRun(id) }
        if !run.job.cancelRequested { try append(.stopAsked, toRun: id, by: person, at: now) }
        try transition(run.job, by: [.cancelRequested], isToldTogether: isToldTogether, at: now)
        return try self.run(id) ?? run
    }

    /// Discards a job whose row cannot be decoded, and notifies the chat that requested it.
    func discardAndNotify(_ job: UnreadableJob, at now: Date) throws {
        try discard(job, at: now)
        guard let chat = job.chat else { return }
        let what = job.run.map { "Run \($0)" } ?? "A request"
        let text = "\(what) was discarded, because the bot cannot read its data. Please request it again."
        try enqueue(NewMessage(.post(TopicPost(topic: "OKAI Bot", text: text)), chat: chat, createdAt: now))
    }
}

extension Origin {
    /// The chat and the forum topic, as part of a job's unique key.
    fileprivate var place: String { "\(chat) \(thread.map(\.description) ?? "0")" }
}
