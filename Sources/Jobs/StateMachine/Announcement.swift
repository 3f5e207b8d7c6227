import Contract
import Foundation
import Store

extension Transaction {
    /// Enqueues the messages and appends the timeline entry for a change of a job.
    ///
    /// If one answer tells of many jobs (`isToldTogether`), the end is shown only where the run is shown already.
    func announce(_ new: Job, after old: Job, isToldTogether: Bool, at now: Date) throws {
        let hasEnded = new.state.isTerminal && !old.state.isTerminal
        guard let runID = new.runID else {
            if hasEnded { try enqueue(.card(new.id), to: new.origin, at: now) }
            return
        }
        if let (what, detail) = new.timelineEntry(after: old) {
            try append(what, toRun: runID, detail: detail, at: now)
        }
        guard new.isShownDifferently(from: old), let run = try run(runID) else { return }
        try scheduleLiveMessage(of: run, urgently: hasEnded && !isToldTogether, at: now)
        if hasEnded, !isToldTogether { try announceEnd(of: new, run: runID, at: now) }
    }

    private func announceEnd(of job: Job, run: RunID, at now: Date) throws {
        switch (job.work, job.outcome) {
        case (_, .stored(let card)?):
            return try enqueue(.card(try insertLook(card, for: job, at: now).id), to: job.origin, at: now)
        case (.build(let arguments), .built(let file)?):
            try insertImage(
                file,
                in: arguments.folder,
                ofRun: run,
                enrolmentHash: Data(hexadecimal: file.enrolmentHash),
                enrolsUntil: now.addingTimeInterval(Self.enrolmentTime),
                at: now
            )
        default: break
        }
        try enqueue(.ended(run), to: job.origin, at: now)
    }

    /// Inserts a completed job of kind `look` for a stored file, so that the file's card is shown like the card of any
    /// blob.
    private func insertLook(_ card: BlobCard, for stored: Job, at now: Date) throws -> Job {
        let work = Work.look(LookArguments(blob: card.blob.id))
        let look = try insert(
            NewJob(work: work, origin: stored.origin, engine: stored.engine, createdAt: now)
        )
        var completed = look
        completed.state = .completed
        (completed.outcome, completed.finishedAt) = (.looked(card: card), now)
        try save(completed, over: look)
        return completed
    }

    private func enqueue(_ content: NewMessage.Content, to origin: Origin, at now: Date) throws {
        try enqueue(NewMessage(content, chat: origin.chat, thread: origin.thread, createdAt: now))
    }

    /// The time after the build of an image in which its machines may ask for jobs: 30 days, in seconds.
    private static var enrolmentTime: TimeInterval { 30 * 86_400 }
}

extension Job {
    /// The timeline entry for the change from `old`; nil if the change has no entry.
    fileprivate func timelineEntry(after old: Job) -> (RunEvent.What, detail: String?)? {
        switch state {
        case .completed: (.succeeded, nil)
        case .cancelled: (.cancelled, nil)
        case .discarded: (.failed, failure?.reason)
        case .retryable where old.state != .retryable: (.waits, failure?.reason)
        case .available where rescues > old.rescues: (.lost, nil)
        case .running where leaseTokenHash != nil && old.leaseTokenHash == nil: (.started, engine.rawValue)
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
    /// Nil if the text is not pairs of hexadecimal digits.
    fileprivate init?(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        self.init(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }
}
