/// The body of `POST /v1/jobs/<id>/events`, which the lease token authorises.
package struct EventBatch: Codable, Equatable, Sendable {
    package struct Numbered: Codable, Equatable, Sendable {
        /// Counts from 1 within an attempt; the bot ignores events that it has applied already.
        package var sequence: Int
        package var event: WorkerEvent

        package init(sequence: Int, event: WorkerEvent) {
            self.sequence = sequence
            self.event = event
        }
    }

    /// In order; an empty batch only renews the lease.
    package var events: [Numbered]
    /// See ``WorkerProtocol``; nil: version 1.
    package var protocolVersion: Int?

    package init(events: [Numbered], protocolVersion: Int? = WorkerProtocol.current) {
        self.events = events
        self.protocolVersion = protocolVersion
    }
}

/// The answer to an ``EventBatch``.
package struct EventReply: Codable, Equatable, Sendable {
    /// The length of the lease.
    package var leaseSeconds: Int
    /// The time after which the worker must report again.
    package var nextSeconds: Double
    /// Whether the worker must stop and report `cancelled`.
    package var cancel: Bool

    package init(leaseSeconds: Int, nextSeconds: Double, cancel: Bool) {
        self.leaseSeconds = leaseSeconds
        self.nextSeconds = nextSeconds
        self.cancel = cancel
    }
}
