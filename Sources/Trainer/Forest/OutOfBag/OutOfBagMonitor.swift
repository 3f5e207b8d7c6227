import Synchronization

/// Computes the out-of-bag score of a growing forest for progress reports, at most once a second.
final class OutOfBagMonitor<Score: OutOfBagScore>: Sendable {
    private struct State {
        /// Nil before the first computation.
        var score: Score?
        /// The trees that the score does not include yet.
        var waiting: [GrownTree<Score.Leaf>] = []
        var isComputing = false
        var lastComputed = ContinuousClock.now
        var latest: TrainingProgress.Measure?
    }

    private let state = Mutex(State())
    private let interval: Duration
    private let make: @Sendable () -> Score

    /// `make` creates the score before the first computation.
    ///
    /// It is not called if the forest is grown within `interval`.
    init(every interval: Duration = .seconds(1), _ make: @escaping @Sendable () -> Score) {
        (self.interval, self.make) = (interval, make)
    }

    /// Adds a tree, and returns the latest score.
    ///
    /// When `interval` has passed since the last computation, the next thread that adds a tree computes the new score.
    /// Other threads return the previous score at once.
    func add(_ tree: GrownTree<Score.Leaf>) -> TrainingProgress.Measure? {
        let work = state.withLock { state -> (score: Score?, trees: [GrownTree<Score.Leaf>])? in
            state.waiting.append(tree)
            guard !state.isComputing, ContinuousClock.now - state.lastComputed >= interval else {
                return nil
            }
            defer { (state.waiting, state.isComputing) = ([], true) }
            return (state.score, state.waiting)
        }
        guard let work else { return state.withLock(\.latest) }
        var score = work.score ?? make()
        let measure = score.add(work.trees).map(Score.measure)
        state.withLock { state in
            (state.score, state.latest) = (score, measure)
            (state.isComputing, state.lastComputed) = (false, ContinuousClock.now)
        }
        return measure
    }
}
