import Foundation
import Glibc
import Synchronization

/// A team of threads that stay awake between short pieces of work.
///
/// Boosting uses its threads thousands of times a second, for about ten microseconds each time. Waking a sleeping
/// thread takes longer than this work, especially in a virtual machine. An idle thread therefore polls a few hundred
/// times, and yields its core each time, before it sleeps.
final class ThreadTeam: Sendable {
    /// The number of threads, including the caller's.
    let count: Int
    private let queue = WorkQueue()

    init(threads: Int) {
        count = threads
        for _ in 1..<max(threads, 1) { Thread.detachNewThread { [queue] in queue.serve() } }
    }

    deinit { queue.close() }

    /// Runs `body` for each number in `0..<parts` on all threads, and returns when all calls have returned.
    ///
    /// Only one thread may call this at a time.
    func each(_ parts: Int, _ body: @escaping @Sendable (Int) -> Void) {
        guard count > 1, parts > 1 else { return (0..<parts).forEach(body) }
        let work = Work(parts, body)
        queue.publish(work)
        work.help()
        while !work.isDone { sched_yield() }
        // Releases the values that `body` captures. Otherwise the queue would keep them until the next work.
        queue.withdraw()
    }

    /// Cuts `0..<size` into at most one range per thread, and runs `body` on all ranges at the same time.
    ///
    /// A range has at least `atLeast` elements, unless `size` itself is smaller.
    func ranges(_ size: Int, atLeast: Int = 1, _ body: @escaping @Sendable (Range<Int>) -> Void) {
        let parts = max(1, min(count, size / max(1, atLeast)))
        each(parts) { part in body(size * part / parts..<size * (part + 1) / parts) }
    }
}

/// Work in numbered parts; each thread claims the next free part until none is left.
private final class Work: Sendable {
    private let count: Int
    private let body: @Sendable (Int) -> Void
    private let next = Atomic(0)
    private let left: Atomic<Int>

    init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        (self.count, self.body) = (count, body)
        left = Atomic(count)
    }

    /// Runs parts until none is free.
    func help() {
        while true {
            let part = next.add(1, ordering: .relaxed).oldValue
            guard part < count else { return }
            body(part)
            left.subtract(1, ordering: .releasing)
        }
    }

    var isDone: Bool { left.load(ordering: .acquiring) == 0 }
}

/// The current work of a team, and the signal that wakes sleeping threads.
private final class WorkQueue: Sendable {
    private struct State {
        /// The number of calls of `change` so far; a withdrawal of work is not one of them.
        var generation = 0
        var work: Work?
        var isClosed = false
    }

    private let state = Mutex(State())
    /// A copy of the state's generation that threads poll without a lock.
    private let generation = Atomic(0)
    private let sleepers = Atomic(0)
    private let wakeUp = DispatchSemaphore(value: 0)

    /// The number of polls before a thread sleeps.
    ///
    /// The polls take about a tenth of a millisecond.
    private static let polls = 300

    /// Offers `work` to all threads.
    func publish(_ work: Work) {
        change { $0.work = work }
    }

    /// Releases the current work without waking a thread.
    func withdraw() {
        state.withLock { $0.work = nil }
    }

    /// Ends all threads that serve this queue.
    func close() {
        change { $0.isClosed = true }
    }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            state.generation += 1
            generation.store(state.generation, ordering: .sequentiallyConsistent)
        }
        for _ in 0..<sleepers.load(ordering: .sequentiallyConsistent) { wakeUp.signal() }
    }

    /// Helps with the current work, then waits for the next, until the queue is closed.
    ///
    /// A thread that wakes too late misses the work, which the other threads then complete.
    func serve() {
        var seen = 0
        while true {
            wait(after: seen)
            let state = state.withLock(\.self)
            if state.isClosed { return }
            seen = state.generation
            state.work?.help()
        }
    }

    /// Waits until the generation differs from `seen`.
    private func wait(after seen: Int) {
        for _ in 0..<Self.polls {
            guard generation.load(ordering: .acquiring) == seen else { return }
            sched_yield()
        }
        // A thread that changes the state after this addition counts this sleeper and signals. If the state changed
        // earlier, the loop sees the new generation.
        sleepers.add(1, ordering: .sequentiallyConsistent)
        while generation.load(ordering: .sequentiallyConsistent) == seen { wakeUp.wait() }
        sleepers.subtract(1, ordering: .relaxed)
    }
}
