public import Dispatch
public import Synchronization

/// Runs numbered pieces of work on several threads.
///
/// The functions are `public`, not `package`. For a caller in another module, the compiler specialises only a `public`
/// inlinable function for the caller's types and closures.
public enum Parallel {
    /// The results of `count` pieces in the order of the pieces; nil if any piece returned nil.
    ///
    /// A thread that finishes a piece starts the next piece that no thread has started. Each thread calls `scratch`
    /// once and passes the value to all pieces that it runs, so that they can reuse memory.
    @inlinable
    public static func map<Scratch, Result: Sendable>(
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

    /// Divides `0..<count` into at most `threads` ranges and runs `work` on all ranges at the same time.
    ///
    /// A range has at least `atLeast` elements, unless `count` itself is smaller.
    @inlinable
    public static func ranges(
        _ count: Int,
        threads: Int,
        atLeast: Int = 1,
        _ work: @Sendable (Range<Int>) -> Void
    ) {
        let parts = max(1, min(threads, count / max(1, atLeast)))
        each(parts) { part in work(count * part / parts..<count * (part + 1) / parts) }
    }

    /// Runs `work` for each number in `0..<count` at the same time; if `count` is 1, runs it on the calling thread.
    ///
    /// `count` must be at least 1.
    @inlinable
    public static func each(_ count: Int, _ work: @Sendable (Int) -> Void) {
        guard count > 1 else { return work(0) }
        DispatchQueue.concurrentPerform(iterations: count, execute: work)
    }
}
