import Foundation
import Support
import Synchronization
import Testing

@testable import Trainer

@Suite("A team of threads", .timeLimit(.minutes(10)))
struct ThreadTeamTests {
    @Test("each part runs once, and before the next work starts", arguments: [1, 2, 3, 5])
    func parts(_ threads: Int) {
        let team = ThreadTeam(threads: threads)
        let done = Slab(repeating: 0, count: 7)
        for round in 1...2_000 {
            let count = round % 8
            team.each(count) { part in unsafe done.base[part] += round }
            let expected = (0..<7).map { $0 < count ? round : 0 }
            guard done.array == expected else {
                Issue.record("\(done.array) in round \(round)")
                return
            }
            unsafe done.base.update(repeating: 0, count: 7)
        }
    }

    @Test("ranges cover all elements once", arguments: [1, 2, 3])
    func ranges(_ threads: Int) {
        let team = ThreadTeam(threads: threads)
        for (count, atLeast) in [(0, 1), (1, 1), (10, 4), (1_000, 1), (1_000, 600)] {
            let seen = Mutex([Range<Int>]())
            team.ranges(count, atLeast: atLeast) { range in seen.withLock { $0.append(range) } }
            let ranges = seen.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
            #expect(ranges.flatMap(\.self) == Array(0..<count))
            #expect(ranges.count == 1 || ranges.allSatisfy { $0.count >= atLeast })
            #expect(ranges.count <= threads)
        }
    }

    @Test("a sleeping thread is woken and works beside the caller")
    func wakes() async throws {
        let team = ThreadTeam(threads: 2)
        for _ in 0..<3 {
            // Longer than an idle thread polls.
            try await ContinuousClock().sleep(for: .milliseconds(50))
            let other = DispatchSemaphore(value: 0)
            let wasSignalled = Mutex(false)
            // The thread with the first part waits for the thread with the second.
            team.each(2) { part in
                guard part == 0 else { return _ = other.signal() }
                let result = other.wait(timeout: .now() + 300)
                wasSignalled.withLock { $0 = result == .success }
            }
            #expect(wasSignalled.withLock { $0 })
        }
    }

    @Test("captured objects are released after the work, and the team after its last use")
    func ends() async throws {
        final class Held: Sendable {}
        weak var held: Held?
        weak var released: ThreadTeam?
        do {
            let (object, team) = (Held(), ThreadTeam(threads: 3))
            (held, released) = (object, team)
            team.each(3) { _ in withExtendedLifetime(object) {} }
        }
        try await eventually("both are released") { held == nil && released == nil }
    }
}
