import Foundation
import Support
import Synchronization
import Testing

@testable import Trainer

@Suite("A crew of threads", .timeLimit(.minutes(1)))
struct CrewTests {
    @Test("every part of every work is done once, and before the next begins", arguments: [1, 2, 3, 5])
    func parts(_ threads: Int) {
        let crew = Crew(threads: threads)
        let done = Slab(repeating: 0, count: 7)
        for round in 1...2_000 {
            let count = round % 8
            crew.each(count) { part in unsafe done.base[part] += round }
            let expected = (0..<7).map { $0 < count ? round : 0 }
            guard done.array == expected else {
                Issue.record("\(done.array) in round \(round)")
                return
            }
            unsafe done.base.update(repeating: 0, count: 7)
        }
    }

    @Test("ranges make up the whole", arguments: [1, 2, 3])
    func ranges(_ threads: Int) {
        let crew = Crew(threads: threads)
        for (count, atLeast) in [(0, 1), (1, 1), (10, 4), (1_000, 1), (1_000, 600)] {
            let seen = Mutex([Range<Int>]())
            crew.ranges(count, atLeast: atLeast) { range in seen.withLock { $0.append(range) } }
            let ranges = seen.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
            #expect(ranges.flatMap(\.self) == Array(0..<count))
            #expect(ranges.count == 1 || ranges.allSatisfy { $0.count >= atLeast })
            #expect(ranges.count <= threads)
        }
    }

    @Test("who sleeps is woken, and works beside the caller")
    func wakes() async throws {
        let crew = Crew(threads: 2)
        for _ in 0..<3 {
            // Longer than anybody stays awake.
            try await ContinuousClock().sleep(for: .milliseconds(50))
            let other = DispatchSemaphore(value: 0)
            let came = Mutex(false)
            // Whoever has the first part waits for whoever has the second.
            crew.each(2) { part in
                guard part == 0 else { return _ = other.signal() }
                let found = other.wait(timeout: .now() + 20)
                came.withLock { $0 = found == .success }
            }
            #expect(came.withLock { $0 })
        }
    }

    @Test("what the work held is let go of, and so is the crew")
    func ends() async throws {
        final class Held: Sendable {}
        weak var held: Held?
        weak var crew: Crew?
        do {
            let (object, team) = (Held(), Crew(threads: 3))
            (held, crew) = (object, team)
            team.each(3) { _ in withExtendedLifetime(object) {} }
        }
        try await eventually("it is let go of") { held == nil && crew == nil }
    }
}
