import Foundation
import Glibc
import Synchronization

/// Threads that stay awake between one short piece of work and the next.
///
/// Boosting meets its threads thousands of times a second, for some ten microseconds of work each time; to wake one that
/// sleeps takes longer than that, the more so in a virtual machine. So who has nothing to do looks around a few hundred
/// times, and lets others have the core meanwhile, before it goes to sleep.
final class Crew: Sendable {
    /// The caller's own among them.
    let threads: Int
    private let board = Board()

    init(threads: Int) {
        self.threads = threads
        for _ in 1..<max(threads, 1) { Thread.detachNewThread { [board] in board.serve() } }
    }

    deinit { board.close() }

    /// Works on all of `count` parts at once, and returns when all are done; for one caller at a time.
    func each(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        guard threads > 1, count > 1 else { return (0..<count).forEach(body) }
        let work = Work(count, body)
        board.put(up: work)
        work.help()
        while !work.isDone { sched_yield() }
        // Else what `body` holds would live until the next work.
        board.takeDown()
    }

    /// Cuts `0..<count` into one range per thread, none of them below `atLeast`, and works on all of them at once.
    func ranges(_ count: Int, atLeast: Int = 1, _ body: @escaping @Sendable (Range<Int>) -> Void) {
        let parts = max(1, min(threads, count / max(1, atLeast)))
        each(parts) { part in body(count * part / parts..<count * (part + 1) / parts) }
    }
}

/// Work in numbered parts: whoever comes takes the next one.
private final class Work: Sendable {
    private let count: Int
    private let body: @Sendable (Int) -> Void
    private let next = Atomic(0)
    private let left: Atomic<Int>

    init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        (self.count, self.body) = (count, body)
        left = Atomic(count)
    }

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

/// Where work is put up for all to see.
private final class Board: Sendable {
    private struct Notice {
        var number = 0
        var work: Work?
        var isLast = false
    }

    private let notice = Mutex(Notice())
    /// The notice's number, to be looked at without a lock.
    private let number = Atomic(0)
    private let sleepers = Atomic(0)
    private let bell = DispatchSemaphore(value: 0)

    /// How often to look before going to sleep: a tenth of a millisecond or so.
    private static let patience = 300

    func put(up work: Work) {
        change { $0.work = work }
    }

    func takeDown() {
        notice.withLock { $0.work = nil }
    }

    /// Lets all who serve go.
    func close() {
        change { $0.isLast = true }
    }

    private func change(_ body: (inout Notice) -> Void) {
        notice.withLock { notice in
            body(&notice)
            notice.number += 1
            number.store(notice.number, ordering: .sequentiallyConsistent)
        }
        for _ in 0..<sleepers.load(ordering: .sequentiallyConsistent) { bell.signal() }
    }

    /// Helps with everything that is put up, until the board is closed.
    func serve() {
        var seen = 0
        while true {
            wait(after: seen)
            let notice = notice.withLock(\.self)
            if notice.isLast { return }
            seen = notice.number
            notice.work?.help()
        }
    }

    /// Waits for a notice after number `seen`.
    private func wait(after seen: Int) {
        for _ in 0..<Self.patience {
            guard number.load(ordering: .acquiring) == seen else { return }
            sched_yield()
        }
        // Who puts something up after this sees that somebody sleeps; what was put up before is seen here.
        sleepers.add(1, ordering: .sequentiallyConsistent)
        while number.load(ordering: .sequentiallyConsistent) == seen { bell.wait() }
        sleepers.subtract(1, ordering: .relaxed)
    }
}
