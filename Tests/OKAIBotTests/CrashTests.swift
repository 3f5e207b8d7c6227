import Foundation
import Support
import Testing

/// What holds whatever dies.
///
/// A few sieges as part of all tests; `scripts/soak` has many of them, and their seeds.
@Suite("The bot under fire", .serialized)
struct CrashTests {
    @Test(
        "nothing is lost and nothing happens twice, whatever is killed",
        arguments: [11, 12, 13] as [UInt64]
    )
    func siege(_ seed: UInt64) async throws {
        let report = try await Siege.endure(seed: seed)
        #expect(report.breaches == [], "seed \(seed); \(report)")
        #expect(report.botKills + report.workerKills > 0 && report.sightings > 0)
    }

    @Test("the same, for hours", .enabled(if: Soak.asked != nil, "scripts/soak does this"))
    func soak() async throws {
        guard let soak = Soak.asked else { return }
        let end = ContinuousClock.now + soak.time
        var (seed, total) = (soak.firstSeed, SiegeReport())
        while ContinuousClock.now < end {
            let report = try await Siege.endure(seed: seed)
            print("seed \(seed): \(report)")
            for breach in report.breaches { print("  \(breach)") }
            total += report
            seed += 1
        }
        print("in all, from seed \(soak.firstSeed): \(total)")
        #expect(total.breaches == [])
    }
}

/// What `scripts/soak` asks for.
private struct Soak {
    let firstSeed: UInt64
    let time: Duration

    /// Nil where this is no soak.
    static let asked: Soak? = {
        let environment = ProcessInfo.processInfo.environment
        guard let seconds = environment["OKAI_SOAK_SECONDS"].flatMap({ Int($0) }) else { return nil }
        let seed = environment["OKAI_SOAK_SEED"].flatMap { UInt64($0) }
        return Soak(firstSeed: seed ?? 1, time: .seconds(seconds))
    }()
}
