import Foundation
import Support
import Testing

/// A few crash tests; `scripts/soak` runs many, with other seeds.
@Suite("Crashes of the bot and its workers", .serialized)
struct CrashTests {
    @Test(
        "nothing is lost and nothing happens twice when processes are killed",
        arguments: [11, 12, 13] as [UInt64]
    )
    func crash(_ seed: UInt64) async throws {
        let report = try await CrashTest.run(seed: seed)
        #expect(report.violations == [], "seed \(seed); \(report)")
        #expect(report.botKills + report.workerKills > 0 && report.observations > 0)
    }

    @Test("many crash tests", .enabled(if: Soak.requested != nil, "scripts/soak runs this"))
    func soak() async throws {
        guard let soak = Soak.requested else { return }
        let end = ContinuousClock.now + soak.time
        var (seed, total) = (soak.firstSeed, CrashReport())
        while ContinuousClock.now < end {
            let report = try await CrashTest.run(seed: seed)
            print("seed \(seed): \(report)")
            for violation in report.violations { print("  \(violation)") }
            total += report
            seed += 1
        }
        print("in all, from seed \(soak.firstSeed): \(total)")
        #expect(total.violations == [])
    }
}

/// The settings of `scripts/soak`.
private struct Soak {
    let firstSeed: UInt64
    let time: Duration

    /// Nil outside of `scripts/soak`.
    static let requested: Soak? = {
        let environment = ProcessInfo.processInfo.environment
        guard let seconds = environment["OKAI_SOAK_SECONDS"].flatMap({ Int($0) }) else { return nil }
        let seed = environment["OKAI_SOAK_SEED"].flatMap { UInt64($0) }
        return Soak(firstSeed: seed ?? 1, time: .seconds(seconds))
    }()
}
