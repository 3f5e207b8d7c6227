import Contract
import Foundation
import Synchronization
import Trainer

/// A training as the chat hears of it: which phase it is in, how far, and how fast.
final class TrainingStory: Sendable {
    private struct State {
        /// Nil: before all of it.
        var phase: Phase?
        /// When what is being counted began, and what is counted.
        var pace: (unit: String, start: ContinuousClock.Instant)?
    }

    private let queue: EventQueue
    /// What a learner does one after the other.
    private let unit: String
    private let state: Mutex<State>

    /// `phase` is the one that was told already.
    init(_ learner: LearnerKind?, in phase: Phase? = .reading, queue: EventQueue) {
        self.queue = queue
        state = Mutex(State(phase: phase))
        unit =
            switch learner ?? .forest {
            case .forest: "tree"
            case .boost: "round"
            case .linear: "step"
            }
    }

    /// Says that `phase` begins, once.
    func begin(_ phase: Phase) {
        let isNew = state.withLock { state in
            defer { state.phase = phase }
            return state.phase != phase
        }
        if isNew { queue.add(.phase(name: phase)) }
    }

    /// Threads of the trainer's call this, whichever comes.
    func tell(_ step: Training.Step) {
        switch step {
        case .trainer(.reading(let rows, let share)):
            guard state.withLock({ [nil, .reading].contains($0.phase) }) else { return }
            begin(.reading)
            queue.add(.progress(fraction: share, note: counted(rows, of: nil, "row")))
        case .trainer(.learning(let progress)):
            begin(.training)
            let measure = progress.measure.map { " · \($0.words)" } ?? ""
            let note = counted(progress.done, of: progress.total, unit) + measure
            queue.add(.progress(fraction: progress.fraction, note: note))
        case .trainer(.validating(let progress)):
            begin(.training)
            let note = counted(progress.done, of: progress.total, "fold")
            queue.add(.progress(fraction: progress.fraction, note: note))
        case .own(.progress(let fraction, let note)):
            queue.add(.progress(fraction: fraction, note: note))
        case .own(.log(let line)):
            queue.add(.log(line: line))
        }
    }

    /// `62 of 100 trees · 8.1 a second`; without the speed where too little time has passed to tell.
    private func counted(_ count: Int, of total: Int?, _ unit: String) -> String {
        let now = ContinuousClock.now
        let start = state.withLock { state in
            if state.pace?.unit != unit { state.pace = (unit, now) }
            return state.pace?.start ?? now
        }
        let amount = "\(total.map { "\(count) of \($0)" } ?? "\(count)") \(unit)s"
        let seconds = (now - start) / .seconds(1)
        guard seconds >= 0.5 else { return amount }
        let speed = Double(count) / seconds
        return "\(amount) · \(Self.digits(speed, count: speed < 10 ? 2 : 3)) a second"
    }

    /// So many digits that count, at least all before the point.
    private static func digits(_ value: Double, count: Int) -> String {
        String(format: value < 1_000 ? "%.\(count)g" : "%.0f", value)
    }
}
