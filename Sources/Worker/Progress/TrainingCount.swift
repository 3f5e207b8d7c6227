import Contract
import Foundation
import Trainer

/// The count in a progress message: `62 of 100 trees`.
///
/// The terminal and the chat show it in the same words.
struct TrainingCount: CustomStringConvertible {
    let done: Int
    /// Nil if the total is not known.
    let total: Int?
    /// The name of the counted things, in the plural: `trees`.
    let unit: String

    /// Counts rows while the table is read, folds during a cross-validation, and otherwise the work of `learner`.
    ///
    /// That work is trees, rounds or Newton steps.
    init(_ step: TrainingStep, by learner: LearnerKind) {
        switch step {
        case .reading(let rows, _): (done, total, unit) = (rows, nil, "rows")
        case .learning(let progress):
            (done, total, unit) = (progress.done, progress.total, Self.unit(of: learner))
        case .validating(let progress): (done, total, unit) = (progress.done, progress.total, "folds")
        }
    }

    private static func unit(of learner: LearnerKind) -> String {
        switch learner {
        case .forest: "trees"
        case .boost: "rounds"
        case .linear: "steps"
        }
    }

    var description: String { (total.map { "\(done) of \($0)" } ?? "\(done)") + " \(unit)" }
}

extension TrainingProgress.Measure {
    /// The quality of the model so far: `out-of-bag accuracy 96.7 %`.
    var text: String {
        switch self {
        case .heldOutLoss(let loss): String(format: "held-out loss %.4g", loss)
        case .outOfBagAccuracy(let share): String(format: "out-of-bag accuracy %.1f %%", share * 100)
        case .outOfBagR2(let share): String(format: "out-of-bag R² %.3f", share)
        }
    }
}
