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
