import Dispatch
import Synchronization

/// Work that is cut into numbered pieces: which thread does a piece changes nothing of what it gives.
enum Parallel {
    /// The results of all pieces in their order, nil when one gave none.
    ///
    /// Threads take the next piece when they are done with one, and meet only then; each has a `scratch` of its own.
    static func map<Scratch, Result: Sendable>(
        _ count: Int,
        threads: Int,
        scratch: @Sendable () -> Scratch,
        _ piece: @Sendable (inout Scratch, Int) -> Result?
    ) -> [Result]? {
        let next = Atomic(0)
        let done = Mutex([Result?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
            var (scratch, mine) = (scratch(), [(Int, Result)]())
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count, let result = piece(&scratch, index) else { break }
                mine.append((index, result))
            }
            done.withLock { [mine] all in for (index, result) in mine { all[index] = result } }
        }
        let results = done.withLock { $0.compactMap(\.self) }
        return results.count == count ? results : nil
    }

    /// Cuts `0..<count` into one range per thread, and works on all of them at once.
    static func ranges(_ count: Int, threads: Int, atLeast: Int = 1, _ work: @Sendable (Range<Int>) -> Void) {
        let parts = max(1, min(threads, count / max(1, atLeast)))
        each(parts) { part in work(count * part / parts..<count * (part + 1) / parts) }
    }

    /// Works on all of `count` parts at once.
    static func each(_ count: Int, _ work: @Sendable (Int) -> Void) {
        guard count > 1 else { return work(0) }
        DispatchQueue.concurrentPerform(iterations: count, execute: work)
    }
}
