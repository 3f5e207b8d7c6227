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
    /// See ``WorkerProtocol``; nil: version 1.
    package var protocolVersion: Int?

    package init(events: [Numbered], protocolVersion: Int? = WorkerProtocol.current) {
        self.events = events
        self.protocolVersion = protocolVersion
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
