/// The phases of a job, of which a worker reports the beginning.
package enum Phase: String, Codable, CaseIterable, Sendable {
    /// Verifies blobs.
    case checking
    /// Reads from Walrus, or a file from the bot.
    case pulling
    /// Parses a table; absent if an owner's training command trains.
    case reading
    case training
    /// Writes to Walrus.
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
