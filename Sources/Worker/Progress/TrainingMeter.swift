import Meters
import Trainer

/// Shows the progress of a training on standard error, with one bar each for reading, training and validating.
final class TrainingMeter: Sendable {
    private let reading: ProgressMeter
    private let training: ProgressMeter
    private let validating: ProgressMeter

    init(plain: ProgressMeter.Plain = .quarters) {
        reading = ProgressMeter(label: "reading", plain: plain)
        training = ProgressMeter(label: "training", plain: plain)
        validating = ProgressMeter(label: "validating", plain: plain)
    }

    func show(_ step: Training.Step) {
        switch step {
        case .trainer(let step, let learner):
            show(step, count: "\(TrainingCount(step, by: learner))")
        case .command(.progress(let fraction, let note)):
            training.show(fraction, notes: [note].compactMap(\.self))
        case .command(.log(let line)): training.print(line)
        }
    }

    private func show(_ step: TrainingStep, count: String) {
        switch step {
        case .reading(_, let share): reading.show(share, notes: [count])
        case .learning(let progress):
            training.show(progress.fraction, notes: [count, progress.measure?.text].compactMap(\.self))
        case .validating(let progress): validating.show(progress.fraction, notes: [count])
        }
    }

    /// Clears the bars; later steps are not shown.
    func end() {
        for meter in [reading, training, validating] { meter.end() }
    }
}
