/// The phases of a job.
///
/// A worker reports the beginning of each phase.
package enum Phase: String, Codable, CaseIterable, Sendable {
    /// Verifies blobs.
    case checking
    /// Downloads blobs from Walrus, or a chat's file from the bot.
    case pulling
    /// Parses a table. This phase is absent if an owner's training command replaces the trainer.
    case reading
    case training
    /// Stores blobs on Walrus.
    case pushing
    /// Builds an image.
    case building
    /// Copies an image into the folder that the bot serves.
    case publishing

    /// The phases of a kind of job, in order.
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
