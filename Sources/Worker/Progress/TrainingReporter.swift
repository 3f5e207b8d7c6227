import Contract
import Foundation
import Synchronization
import Trainer

/// Turns the steps of a training into events for the bot: phases, progress with counts and speed, and log lines.
final class TrainingReporter: Sendable {
    private struct State {
        /// Nil before the training's first phase.
        var phase: Phase?
        /// The unit that is counted now, the time at which its count began, and the latest count.
        var counting: (unit: String, start: ContinuousClock.Instant, done: Int)?
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
            add(share, count)
        case .learning(let progress):
            begin(.training)
            add(progress.fraction, count, measure: progress.measure?.text)
        case .validating(let progress):
            begin(.training)
            add(progress.fraction, count)
        }
    }

    /// Adds the progress, unless another thread has reported a later count: threads report in any order.
    private func add(_ fraction: Double, _ count: TrainingCount, measure: String? = nil) {
        let now = ContinuousClock.now
        state.withLock { state in
            if state.counting?.unit != count.unit { state.counting = (count.unit, now, 0) }
            guard let counting = state.counting, count.done >= counting.done else { return }
            state.counting?.done = count.done
            let words = Self.words(for: count, after: now - counting.start)
            let note = [words, measure].compactMap(\.self).joined(separator: " · ")
            queue.add(.progress(fraction: fraction, note: note))
        }
    }

    /// `62 of 100 trees · 8.1 a second`; without the speed during the first half second.
    private static func words(for count: TrainingCount, after time: Duration) -> String {
        let seconds = time / .seconds(1)
        guard seconds >= 0.5 else { return "\(count)" }
        let speed = Double(count.done) / seconds
        return "\(count) · \(rounded(speed, digits: speed < 10 ? 2 : 3)) a second"
    }

    /// Rounds to `digits` significant digits, but never drops digits before the decimal point.
    private static func rounded(_ value: Double, digits: Int) -> String {
        String(format: value < 1_000 ? "%.\(digits)g" : "%.0f", value)
    }
}
