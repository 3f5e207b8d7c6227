/// What a worker reports while it works.
///
/// The last one of an attempt is `completed`, `failed` or `cancelled`.
package enum WorkerEvent: Codable, Equatable, Sendable {
    /// A new phase begins.
    case phase(name: Phase)
    /// How much of the phase is done, 0 to 1, with a few words for people ("62 of 100 trees").
    case progress(fraction: Double, note: String?)
    /// A line for the run's log.
    case log(line: String)
    case completed(outcome: Outcome)
    case failed(failure: Failure)
    /// The worker stopped because the bot asked it to.
    case cancelled

    /// Whether nothing may follow.
    package var isTerminal: Bool {
        switch self {
        case .phase, .progress, .log: false
        case .completed, .failed, .cancelled: true
        }
    }
}

/// The stretches of a job.
package enum Phase: String, Codable, CaseIterable, Sendable {
    /// Of what a verification is about.
    case checking
    case pulling
    /// Only by the bot's own trainer.
    case reading
    case training
    case pushing
    case building
    case publishing

    /// The stretches of a kind of job, in order.
    package static func all(of kind: JobKind) -> [Phase] {
        switch kind {
        case .train: [.pulling, .reading, .training, .pushing]
        case .build: [.building, .publishing]
        case .verify: [.checking, .reading, .training]
        case .store: [.pulling, .pushing]
        case .look, .predict, .fetch: []
        }
    }
}

/// Why a job failed, in words for the person who asked for it.
package struct Failure: Codable, Equatable, Sendable {
    package var phase: Phase?
    /// What happened, one lowercase phrase: `no column named "price" in the header (found: date, cost)`.
    package var reason: String
    /// What to do about it, one sentence.
    package var advice: String
    /// Whether trying again by itself may help: true for a network that was away, false for data that are wrong.
    package var isTemporary: Bool
    /// What people can set right with one button; nil: nothing but to try again.
    package var remedy: Remedy?

    package enum Remedy: String, Codable, Sendable {
        /// Another column to predict.
        case chooseTarget
        /// More time for the same work.
        case moreTime
        /// Another engine: it is the machine that failed, and not the work.
        case otherEngine
    }

    package init(
        phase: Phase?,
        reason: String,
        advice: String,
        isTemporary: Bool = false,
        remedy: Remedy? = nil
    ) {
        self.phase = phase
        self.reason = reason
        self.advice = advice
        self.isTemporary = isTemporary
        self.remedy = remedy
    }
}

/// `POST /v1/jobs/<id>/events`, authorised by the lease token.
package struct EventBatch: Codable, Equatable, Sendable {
    package struct Numbered: Codable, Equatable, Sendable {
        /// Counts from 1 within an attempt: what the bot has seen already changes nothing.
        package var sequence: Int
        package var event: WorkerEvent

        package init(sequence: Int, event: WorkerEvent) {
            self.sequence = sequence
            self.event = event
        }
    }

    /// In order; none at all is a heartbeat.
    package var events: [Numbered]

    package init(events: [Numbered]) {
        self.events = events
    }
}

/// The answer to events: the lease goes on, or the work is to stop.
package struct EventReply: Codable, Equatable, Sendable {
    package var leaseSeconds: Int
    /// When the bot wants to hear of the worker again.
    package var nextSeconds: Double
    /// Stop working, report `cancelled`.
    package var cancel: Bool

    package init(leaseSeconds: Int, nextSeconds: Double, cancel: Bool) {
        self.leaseSeconds = leaseSeconds
        self.nextSeconds = nextSeconds
        self.cancel = cancel
    }
}

/// Every refusal of the bot's HTTP interface: a code for machines and a sentence for people.
package struct Refusal: Codable, Equatable, Sendable {
    package struct Body: Codable, Equatable, Sendable {
        package var code: String
        package var message: String
    }

    package var error: Body

    package init(code: String, message: String) {
        self.error = Body(code: code, message: message)
    }
}
