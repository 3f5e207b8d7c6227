/// How far a training is.
package struct TrainingProgress: Equatable, Sendable {
    /// Trees or rounds.
    package let done: Int
    package let total: Int
    /// How good the model is by now; nil where nobody has looked yet, or there is nothing to look at.
    package var measure: Measure?

    /// What is known of a model that still learns.
    package enum Measure: Equatable, Sendable {
        /// On rows that boosting holds back to know when to stop.
        case heldOutLoss(Double)
        /// On rows that a forest's trees never saw.
        case outOfBagAccuracy(Double)
        case outOfBagR2(Double)
    }

    /// 0 to 1.
    package var fraction: Double { Double(done) / Double(total) }
}

/// Whoever started a training: asked whether to go on, and told how far it is, from any thread.
struct TrainingWatch: Sendable {
    var isCancelled: @Sendable () -> Bool = { false }
    var onProgress: @Sendable (TrainingProgress) -> Void = { _ in }
}
