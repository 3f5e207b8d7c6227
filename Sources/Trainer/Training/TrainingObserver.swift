/// The progress of a learner, or of a cross-validation.
package struct TrainingProgress: Equatable, Sendable {
    /// The number of trees, boosting rounds, Newton steps or folds that are done.
    package let done: Int
    /// The largest possible value of `done`; the work may end before, for example by early stopping.
    package let total: Int
    /// The latest score of the model so far; nil if none was computed.
    package var measure: Measure?

    /// A score of a model during training.
    package enum Measure: Equatable, Sendable {
        /// The mean loss on the validation rows that early stopping holds out.
        case heldOutLoss(Double)
        /// The accuracy of a forest on its out-of-bag rows, 0 to 1.
        case outOfBagAccuracy(Double)
        /// R² of a forest on its out-of-bag rows, at most 1.
        case outOfBagR2(Double)
    }

    /// `done` as a fraction of `total`, 0 to 1.
    package var fraction: Double { Double(done) / Double(total) }
}

/// The callbacks for a training; learners call them from any thread.
struct TrainingObserver: Sendable {
    /// Whether the learner should stop.
    var isCancelled: @Sendable () -> Bool = { false }
    var onProgress: @Sendable (TrainingProgress) -> Void = { _ in }
}
