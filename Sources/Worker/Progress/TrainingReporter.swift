import Contract
import Foundation
import Synchronization
import Trainer

/// Turns the steps of a training into events for the bot: phases, progress with counts and speed, and log lines.
final class TrainingReporter: Sendable {
    private struct State {
        /// Nil before the training's first phase.
        var phase: Phase?
        /// The unit that is counted now, and the time at which its count began.
        var counting: (unit: String, start: ContinuousClock.Instant)?
    }

    private let queue: EventQueue
    private let state: Mutex<State>

    /// `phase` is the phase of the training that was already reported; nil: none was reported.
    init(in phase: Phase? = .reading, queue: EventQueue) {
        self.queue = queue
        state = Mutex(State(phase: phase))
    }

    /// Reports that `phase` begins, unless the training is in it already.
    func begin(_ phase: Phase) {
        let isNew = state.withLock { state in
            defer { state.phase = phase }
            return state.phase != phase
        }
        if isNew { queue.add(.phase(name: phase)) }
    }

    /// Any thread of the trainer may call this.
    func report(_ step: Training.Step) {
        switch step {
        case .trainer(let step, let learner): report(step, count: TrainingCount(step, by: learner))
        case .command(.progress(let fraction, let note)):
            queue.add(.progress(fraction: fraction, note: note))
        case .command(.log(let line)):
            queue.add(.log(line: line))
        }
    }

    private func report(_ step: TrainingStep, count: TrainingCount) {
        switch step {
        case .reading(_, let share):
            // A late report of a reading thread must not end the next phase.
            guard state.withLock({ [nil, .reading].contains($0.phase) }) else { return }
            begin(.reading)
            queue.add(.progress(fraction: share, note: withSpeed(count)))
        case .learning(let progress):
            begin(.training)
            let measure = progress.measure.map { " · \($0.text)" } ?? ""
            queue.add(.progress(fraction: progress.fraction, note: withSpeed(count) + measure))
        case .validating(let progress):
            begin(.training)
            queue.add(.progress(fraction: progress.fraction, note: withSpeed(count)))
        }
    }

    /// `62 of 100 trees · 8.1 a second`; without the speed during the first half second.
    private func withSpeed(_ count: TrainingCount) -> String {
        let now = ContinuousClock.now
        let start = state.withLock { state in
            if state.counting?.unit != count.unit { state.counting = (count.unit, now) }
            return state.counting?.start ?? now
        }
        let seconds = (now - start) / .seconds(1)
        guard seconds >= 0.5 else { return "\(count)" }
        let speed = Double(count.done) / seconds
        return "\(count) · \(Self.rounded(speed, digits: speed < 10 ? 2 : 3)) a second"
    }

    /// Rounds to `digits` significant digits, but never drops digits before the decimal point.
    private static func rounded(_ value: Double, digits: Int) -> String {
        String(format: value < 1_000 ? "%.\(digits)g" : "%.0f", value)
    }
}
