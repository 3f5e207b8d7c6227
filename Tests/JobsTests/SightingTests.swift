import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("What the bot knows of blobs")
struct SightingTests {
    @Test("a training's dataset, model and receipt are sighted for a day, other blobs are not")
    func trained() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        try await fixture.report([(1, .completed(outcome: .done))], by: worker, at: noon + 10)
        let blobs = (1...4).map { BlobID(bytes: Array($0...($0 + 31))) }
        func sightings(after seconds: Double) async throws -> [Sighting] {
            try await fixture.store.read { try $0.sightings(of: blobs, at: noon + seconds) }
        }
        #expect(
            try await sightings(after: 100) == blobs.prefix(3).map { Sighting(blob: $0, secondsAgo: 90) }
        )
        #expect(try await sightings(after: 86_500) == [])
    }

    @Test("a claim brings the sightings of the blobs that the work reads")
    func claim() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        try await fixture.report(
            [(1, .completed(outcome: .done))],
            by: try await fixture.claimed(),
            at: noon + 10
        )
        // The same dataset once more.
        try await fixture.enqueue(at: noon + 20)
        await fixture.runner.runOnce(now: noon + 30)
        let worker = Worker(launch: try #require(fixture.engine.launches.last))
        let assignment = try await fixture.queue.claim(
            2,
            launchToken: worker.launchToken,
            leaseToken: worker.leaseToken,
            now: noon + 40
        )
        #expect(
            assignment.sightings == [Sighting(blob: BlobID(bytes: Array(1...32)), secondsAgo: 30)]
        )
    }
}
