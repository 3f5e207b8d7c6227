import Meters
import Trainer

/// Shows each stretch of a training as a bar of its own.
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
        case .trainer(let step): show(step)
        case .own(.progress(let fraction, let note)):
            training.show(fraction, notes: [note].compactMap(\.self))
        case .own(.log(let line)): training.print(line)
        }
    }

    private func show(_ step: TrainingStep) {
        switch step {
        case .reading(let rows, let share): reading.show(share, notes: ["\(rows) rows"])
        case .learning(let progress):
            let trees = "\(progress.done) of \(progress.total) trees"
            training.show(progress.fraction, notes: [trees, progress.measure?.words].compactMap(\.self))
        case .validating(let progress):
            validating.show(progress.fraction, notes: ["\(progress.done) of \(progress.total) folds"])
        }
    }

    func end() {
        training.end()
    }
}
