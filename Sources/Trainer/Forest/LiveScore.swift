import Synchronization

/// How good a forest is while it grows, looked at once a second.
final class LiveScore<Score: OutOfBagScore>: Sendable {
    private struct State {
        /// Nil until the first look.
        var score: Score?
        /// Trees that no look has seen.
        var waiting: [GrownTree<Score.Leaf>] = []
        var isLooking = false
        var looked = ContinuousClock.now
        var latest: TrainingProgress.Measure?
    }

    private let state = Mutex(State())
    private let interval: Duration
    private let make: @Sendable () -> Score

    /// `make` is called before the first look; small forests never come to it.
    init(every interval: Duration = .seconds(1), _ make: @escaping @Sendable () -> Score) {
        (self.interval, self.make) = (interval, make)
    }

    /// Takes a tree that has grown, and says what the latest look found; the thread that finds it is time looks, and the
    /// others go on.
    func note(_ tree: GrownTree<Score.Leaf>) -> TrainingProgress.Measure? {
        let work = state.withLock { state -> (score: Score?, trees: [GrownTree<Score.Leaf>])? in
            state.waiting.append(tree)
            guard !state.isLooking, ContinuousClock.now - state.looked >= interval else { return nil }
            defer { (state.waiting, state.isLooking) = ([], true) }
            return (state.score, state.waiting)
        }
        guard let work else { return state.withLock(\.latest) }
        var score = work.score ?? make()
        let found = score.add(work.trees).map(Score.measure)
        state.withLock { state in
            (state.score, state.latest) = (score, found)
            (state.isLooking, state.looked) = (false, ContinuousClock.now)
        }
        return found
    }
}
