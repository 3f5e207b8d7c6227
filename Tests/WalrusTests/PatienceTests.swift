import Contract
import Support
import Testing

@testable import Walrus

/// What an aggregator says about a blob that it does not see yet, or does not have any more.
@Suite("Blobs that no aggregator has", .timeLimit(.minutes(10)))
struct PatienceTests {
    private static let bytes = Array("a model that was stored a moment ago".utf8)

    private static func answer(_ head: String, misses: Int, _ number: Int) -> FaultyResponse {
        number < misses ? FaultyResponse("404 Not Found") : FaultyResponse(bytes, to: head)
    }

    @Test("a blob that appears within a minute is fetched", arguments: [1, 4, 10])
    func appears(_ misses: Int) async throws {
        try await TransferFixture.make(Self.bytes) { fixture in
            try await FaultyWalrus.serve {
                Self.answer($1, misses: misses, $0)
            } _: { walrus in
                let client = fixture.client(walrus)
                let blob = try await client.fetch(fixture.blob.id, to: fixture.copy, patience: .minute)
                #expect(blob == fixture.blob)
                #expect(walrus.requests.count == misses + 1)
            }
        }
    }

    @Test("every aggregator is asked again, and the waits grow to a minute in all")
    func everyAggregator() async throws {
        try await TransferFixture.make(Self.bytes) { fixture in
            try await FaultyWalrus.serve { _, _ in
                FaultyResponse("404 Not Found")
            } _: { first in
                try await FaultyWalrus.serve { _, _ in
                    FaultyResponse("404 Not Found")
                } _: { second in
                    let clock = InstantClock()
                    let client = fixture.client(first, second, clock: clock)
                    await #expect(throws: WalrusError.notFound(fixture.blob.id)) {
                        try await client.fetch(fixture.blob.id, to: fixture.copy, patience: .minute)
                    }
                    #expect((first.requests.count, second.requests.count) == (11, 11))
                    #expect(clock.waits == clock.waits.sorted())
                    let total = clock.waits.reduce(.zero, +)
                    #expect((.seconds(55)...(.seconds(65))).contains(total))
                }
            }
        }
    }

    @Test("a cache in front of an aggregator is asked not to repeat its answer")
    func cache() async throws {
        try await TransferFixture.make(Self.bytes) { fixture in
            try await FaultyWalrus.serve { _, head in
                head.lowercased().contains("cache-control: no-cache")
                    ? FaultyResponse(Self.bytes, to: head) : FaultyResponse("404 Not Found")
            } _: { walrus in
                let client = fixture.client(walrus)
                _ = try await client.fetch(fixture.blob.id, to: fixture.copy, patience: .brief)
                #expect(walrus.requests.count == 2)
            }
        }
    }

    @Test("wrong bytes of one aggregator do not end the wait for another, but are told in the end")
    func mismatch() async throws {
        try await TransferFixture.make(Self.bytes) { fixture in
            let forged = Array("not that model".utf8)
            try await FaultyWalrus.serve {
                FaultyResponse(forged, to: $1)
            } _: { liar in
                try await FaultyWalrus.serve {
                    Self.answer($1, misses: 2, $0)
                } _: { late in
                    let client = fixture.client(liar, late)
                    _ = try await client.fetch(fixture.blob.id, to: fixture.copy, patience: .minute)
                    #expect((liar.requests.count, late.requests.count) == (1, 3))
                }
                try await FaultyWalrus.serve { _, _ in
                    FaultyResponse("404 Not Found")
                } _: { empty in
                    let got = try fixture.encoder.blobID(of: forged.span)
                    await #expect(throws: WalrusError.mismatch(expected: fixture.blob.id, got: got)) {
                        try await fixture.client(liar, empty)
                            .fetch(fixture.blob.id, to: fixture.copy, patience: .minute)
                    }
                }
            }
        }
    }
}
