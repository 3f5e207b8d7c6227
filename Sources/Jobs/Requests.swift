package import Contract
package import Foundation
package import Store

extension Transaction {
    /// Takes a person's request: the run, the job that does it, and the message that shows it, together or not at all.
    package func startRun(_ work: Work, origin: Origin, engine: String = "local", at now: Date) throws -> Run
    {
        let run = try insert(Run(work: work, origin: origin, createdAt: now))
        var job = Job(runID: run.id, work: work, origin: origin, engine: engine, createdAt: now)
        if work.kind == .build { job.uniqueKey = Self.buildKey }
        job.awaitsConsent = engine == FluenceEngine.word
        _ = try insert(job)
        try note(.asked, ofRun: run.id ?? 0, by: origin.userName, at: now)
        try refreshAnchor(ofRun: run, urgently: true, at: now)
        return run
    }

    /// What builds the image that is being built, because there is one at a time.
    package func openBuild() throws -> Job? { try openJob(withKey: Self.buildKey) }

    private static var buildKey: String { "build" }

    /// Has a blob looked at, and a card about it said to whoever asked; a look that is under way there serves both.
    package func look(at blob: BlobID, origin: Origin, engine: String = "local", at now: Date) throws {
        let key = "look \(origin.chat) \(origin.thread ?? 0) \(blob)"
        try ask(.look(LookArguments(blob: blob)), unlessOpen: key, origin: origin, engine: engine, at: now)
    }

    /// Has a blob brought to whoever asked as a file; one that is on its way there serves both.
    package func fetch(
        _ arguments: FetchArguments,
        origin: Origin,
        engine: String = "local",
        at now: Date
    ) throws {
        let key = "fetch \(origin.chat) \(origin.thread ?? 0) \(arguments.blob)"
        try ask(.fetch(arguments), unlessOpen: key, origin: origin, engine: engine, at: now)
    }

    /// Has a model asked about rows, and its answer said to whoever asked.
    package func predict(
        _ arguments: PredictArguments,
        origin: Origin,
        engine: String = "local",
        at now: Date
    ) throws {
        try ask(.predict(arguments), origin: origin, engine: engine, at: now)
    }

    /// Adds a job that is no run: somebody waits for it, and it is short.
    private func ask(
        _ work: Work,
        unlessOpen key: String? = nil,
        origin: Origin,
        engine: String,
        at now: Date
    ) throws {
        if let key, try openJob(withKey: key) != nil { return }
        var job = Job(work: work, origin: origin, engine: engine, createdAt: now)
        (job.uniqueKey, job.priority) = (key, 1)
        _ = try insert(job)
    }

    /// Gives up a job that nobody can read, and says so where it was asked for.
    func giveUp(_ job: UnreadableJob, at now: Date) throws {
        try setAside(job, at: now)
        guard let chat = job.chat else { return }
        let what = job.run.map { "Run \($0)" } ?? "A look at a blob"
        let text = "\(what) was given up: its record cannot be read. Please ask for it again."
        let notice = Store.Notification(topic: "OKAI Bot", text: text)
        try enqueue(
            OutboxMessage(
                chatID: chat,
                kind: .notification,
                payload: try notice.payload,
                createdAt: now
            )
        )
    }

    /// Asks the run to stop in the name of `person`: at once where it waits, through its worker where it runs.
    ///
    /// - Throws: ``JobError/ended(_:)`` where there is nothing left to stop.
    package func cancel(run id: Int64, by person: String? = nil, at now: Date) throws -> RunAndJob {
        guard let current = try run(id) else { throw StoreError.noRun(id) }
        if !current.job.cancelRequested { try note(.stopAsked, ofRun: id, by: person, at: now) }
        try move(current.job, by: .cancelRequested, at: now)
        return try run(id) ?? current
    }

    /// Moves a job by one event: saves it, and puts into the outbox what people should hear of it.
    @discardableResult
    package func move(_ job: Job, by event: JobEvent, at now: Date) throws -> Job {
        let moved = try job.apply(event, at: now)
        try save(moved, over: job)
        if case .reported(let report, _) = event { try note(report, of: job, at: now) }
        try tell(moved, after: job, at: now)
        return moved
    }

    /// Adds a phase that a worker began to the run's timeline.
    func note(_ report: WorkerEvent, of job: Job, at now: Date) throws {
        guard case .phase(let name) = report, let run = job.runID else { return }
        try note(.phase, ofRun: run, name.rawValue, at: now)
    }

    /// Puts into the outbox what changed from `old` to `new`.
    func tell(_ new: Job, after old: Job, at now: Date) throws {
        let hasEnded = new.state.isTerminal && !old.state.isTerminal
        guard let runID = new.runID else {
            if hasEnded { try say(.card, of: new, subject: new.id, at: now) }
            return
        }
        if let (what, detail) = new.news(since: old) { try note(what, ofRun: runID, detail, at: now) }
        guard new.isShownDifferently(from: old), let run = try run(runID)?.run else { return }
        try refreshAnchor(ofRun: run, urgently: hasEnded, at: now)
        guard hasEnded else { return }
        if case .stored(let card)? = new.outcome { return try show(card, for: new, at: now) }
        if case (.build(let arguments), .built(let file)?) = (new.work, new.outcome) {
            try register(file, of: runID, in: arguments.folder, at: now)
        }
        try say(.ended, of: new, subject: runID, at: now)
    }

    /// A file that was stored is told by its card, as if somebody had asked for that.
    private func show(_ card: BlobCard, for stored: Job, at now: Date) throws {
        var look = Job(
            work: .look(LookArguments(blob: card.blob.id)),
            origin: stored.origin,
            engine: stored.engine,
            createdAt: now
        )
        (look.state, look.outcome, look.finishedAt) = (.completed, .looked(card: card), now)
        try say(.card, of: look, subject: try insert(look).id, at: now)
    }

    private func register(_ file: ImageFile, of run: Int64, in folder: String, at now: Date) throws {
        try insert(
            Image(
                runID: run,
                name: file.name,
                path: "\(folder)/\(file.name)",
                size: file.size,
                sha256: file.sha256,
                enrolmentHash: Data(hexadecimal: file.enrolmentHash),
                enrolsUntil: now.addingTimeInterval(Self.enrolmentLife),
                createdAt: now
            )
        )
    }

    /// How long machines of an image may ask for jobs: 30 days.
    private static var enrolmentLife: TimeInterval { 30 * 86_400 }

    private func say(_ kind: OutboxMessage.Kind, of job: Job, subject: Int64?, at now: Date) throws {
        try enqueue(
            OutboxMessage(
                chatID: job.origin.chat,
                threadID: job.origin.thread,
                kind: kind,
                subject: subject,
                createdAt: now
            )
        )
    }
}

extension Job {
    /// What the timeline says of the step from `old`; nil where it is none that people care for.
    fileprivate func news(since old: Job) -> (RunEvent.What, String?)? {
        switch state {
        case .completed: (.succeeded, nil)
        case .cancelled: (.cancelled, nil)
        case .discarded: (.failed, failure?.reason)
        case .retryable where old.state != .retryable: (.waits, failure?.reason)
        case .available where rescues > old.rescues: (.lost, nil)
        case .running where leaseTokenHash != nil && old.leaseTokenHash == nil: (.started, engine)
        case .available, .scheduled, .retryable, .running: nil
        }
    }

    fileprivate func isShownDifferently(from old: Job) -> Bool {
        (state, phase, cancelRequested) != (old.state, old.phase, old.cancelRequested)
            || (awaitsConsent, price) != (old.awaitsConsent, old.price)
            || (fraction, note) != (old.fraction, old.note) || leaseTokenHash != old.leaseTokenHash
    }
}

extension Data {
    /// Nil where the text is not pairs of hexadecimal digits.
    fileprivate init?(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        self.init(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }
}
