package import Contract
package import Foundation
import GRDB

/// One piece of work for one worker: a row of the table `job`.
///
/// `Job.apply`, a pure function in the target Jobs, computes the job after an event; `Transaction.save` writes it.
package struct Job: Codable, Equatable, Sendable {
    /// The states of a job, named as in the job queue River.
    package enum State: String, Codable, CaseIterable, Sendable {
        /// The job may be launched now: it is new, its worker was lost, or a shutdown of the bot prevented its start.
        case available
        /// The job may be launched from `availableAt` on, because the engine had no room.
        case scheduled
        /// A worker is being started or is at work.
        case running
        /// The attempt failed with a temporary failure; the job may be launched again from `availableAt` on.
        case retryable
        /// The job succeeded.
        case completed
        /// A person cancelled the job.
        case cancelled
        /// The job failed for good, or its row cannot be decoded.
        case discarded

        package var isTerminal: Bool {
            switch self {
            case .available, .scheduled, .running, .retryable: false
            case .completed, .cancelled, .discarded: true
            }
        }

        /// The states in which a job waits to be launched.
        package static let waiting: [State] = [.available, .scheduled, .retryable]
        package static let terminal: [State] = allCases.filter(\.isTerminal)
    }

    /// The start and end of one phase.
    package struct Span: Codable, Equatable, Sendable {
        package var phase: Phase
        package var startedAt: Date
        package var endedAt: Date?

        package init(phase: Phase, startedAt: Date, endedAt: Date? = nil) {
            self.phase = phase
            self.startedAt = startedAt
            self.endedAt = endedAt
        }
    }

    package let id: JobID
    /// The run of the job; nil for a short job that belongs to no run, such as a look at a blob.
    package let runID: RunID?
    package let kind: JobKind
    package let work: Work
    package let origin: Origin
    package let engine: EngineName
    package var state: State = .available
    package var availableAt: Date
    /// Jobs of a higher priority are launched first.
    package let priority: Int
    /// While a job with this key is open, no other job with the key can be inserted.
    package let uniqueKey: String?
    /// The number of launches that count.
    ///
    /// A launch does not count if the worker was lost, the engine had no room, or the bot shut down before the start.
    package var attempt = 0
    /// The number of lost workers.
    package var rescues = 0
    /// SHA-256 of the token with which a worker may claim the job in this attempt.
    package var launchTokenHash: Data?
    /// SHA-256 of the token that the worker made when it claimed the job, and sends with its later requests.
    package var leaseTokenHash: Data?
    package var leaseUntil: Date?
    /// The text by which the engine identifies the worker, such as its process id and start time.
    package var handle: String?
    package var deadline: Date?
    /// The number of the newest worker event that was applied in this attempt.
    package var lastSequence = 0
    package var cancelRequested = false
    package var phase: Phase?
    /// The progress of the current phase, not of the whole job: 0 to 1.
    package var fraction: Double?
    /// The progress in words, such as "62 of 100 trees".
    package var note: String?
    package var spans: [Span] = []
    package var outcome: Outcome?
    package var failure: Failure?
    /// Whether the job must not be launched yet, because it costs money and no admin has agreed to the price.
    package var awaitsConsent = false
    /// The estimated price, in dollars; nil if the job costs nothing or has no price yet.
    package var price: Double?
    package var consentedAt: Date?
    package let createdAt: Date
    package var startedAt: Date?
    package var finishedAt: Date?

    /// The row of a job that was just inserted.
    package init(id: JobID, _ new: NewJob) {
        self.id = id
        runID = new.runID
        kind = new.kind
        work = new.work
        origin = new.origin
        engine = new.engine
        availableAt = new.availableAt
        priority = new.priority
        uniqueKey = new.uniqueKey
        awaitsConsent = new.awaitsConsent
        createdAt = new.createdAt
    }
}

extension Job: Record {
    static var databaseTableName: String { "job" }
}

extension Job {
    /// Whether this job is launched before `other`, a job of the same queue.
    package func isBefore(_ other: Job) -> Bool {
        (-priority, availableAt, id) < (-other.priority, other.availableAt, other.id)
    }
}

extension JobKind {
    /// Groups of kinds that wait in one queue and share an engine's capacity.
    ///
    /// A verification may repeat a training, so it shares the capacity for trainings.
    package static let queues: [[JobKind]] =
        [[.train, .verify]] + allCases.filter { ![.train, .verify].contains($0) }.map { [$0] }
}
