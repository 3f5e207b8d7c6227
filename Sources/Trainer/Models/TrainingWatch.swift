/// How far a training is.
package struct TrainingProgress: Equatable, Sendable {
    /// Trees or rounds.
    package let done: Int
    package let total: Int
    /// What rows that are held back cost by now; nil where none are.
    package var loss: Double?

    /// 0 to 1.
    package var fraction: Double { Double(done) / Double(total) }
}

/// Whoever started a training: asked whether to go on, and told how far it is, from any thread.
struct TrainingWatch: Sendable {
    var isCancelled: @Sendable () -> Bool = { false }
    var onProgress: @Sendable (TrainingProgress) -> Void = { _ in }
}
