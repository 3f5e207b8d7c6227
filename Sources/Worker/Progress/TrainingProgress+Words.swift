import Foundation
import Trainer

extension TrainingProgress.Measure {
    /// As a line of progress has it.
    var words: String {
        switch self {
        case .heldOutLoss(let loss): String(format: "held-out loss %.4g", loss)
        case .outOfBagAccuracy(let share): String(format: "out of bag %.1f %%", share * 100)
        case .outOfBagR2(let share): String(format: "out of bag R² %.3f", share)
        }
    }
}
