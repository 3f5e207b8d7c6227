import Contract
import HTTP
import Support
import Testing

@testable import Walrus

@Suite("Blobs in storage pools", .timeLimit(.minutes(10)))
struct StoragePoolTests {
    private static let blob = StoredBlob(id: BlobID(bytes: Array(3...34)), size: 901)

    private func finding(
        object: String? = "0xab",
        _ prepare: (SuiFake) -> Void
    ) async throws -> (Finding, SuiFake) {
        let fake = SuiFake()
        prepare(fake)
        return (try await fake.finding(on: Self.blob, object: object), fake)
    }

    @Test("a pooled blob holds until its pool ends, and the finding says so")
    func holds() async throws {
        let (finding, _) = try await finding { fake in
            fake.put("0xab", blob: Self.blob.id.decimal, size: 901, pool: "0x9001")
            fake.change { $0.pools = ["0x9001": 52] }
        }
        #expect(finding.verdict == .holds)
        #expect(finding.text.contains("until epoch 52 "))
        #expect(finding.text.hasSuffix(", as long as its storage pool, though its owner may delete it"))
        #expect(finding.registration?.endEpoch == 52)
    }

    @Test("a pool that has ended, another size, or no certificate fails")
    func fails() async throws {
        let cases: [(Int, Int, String, String)] = [
            (40, 901, "34", "expired on Sui testnet at epoch 40"),
            (52, 902, "34", "with 902 bytes, but the blob has 901"),
            (52, 901, "null", "registered on Sui testnet, but not certified"),
        ]
        for (end, size, certified, words) in cases {
            let (finding, _) = try await finding { fake in
                let id = Self.blob.id.decimal
                fake.put("0xab", blob: id, size: size, pool: "0x9001", certified: certified)
                fake.change { $0.pools = ["0x9001": end] }
            }
            #expect(finding.verdict == .fails)
            #expect(finding.text.contains(words), "\(finding.text)")
        }
    }

    @Test("a blob whose pool cannot be read is unchecked")
    func noPool() async throws {
        let (finding, _) = try await finding {
            $0.put("0xab", blob: Self.blob.id.decimal, size: 901, pool: "0x9001")
        }
        #expect(finding.verdict == .unchecked)
        #expect(finding.text.contains("the storage pool of the object 0xab cannot be read"))
    }

    @Test("somebody else's type of the same name is no blob of Walrus")
    func forged() async throws {
        let (finding, _) = try await finding { fake in
            fake.put("0xab", blob: Self.blob.id.decimal, size: 901, pool: "0x9001", package: "0xbad")
            fake.change { $0.pools = ["0x9001": 52] }
        }
        #expect(finding.verdict == .fails)
        #expect(finding.text.contains("is not a Walrus blob: its type is 0xbad::storage_pool::PooledBlob"))
    }

    @Test("the chain tells which version of the package introduced storage pools")
    func derived() async throws {
        let (finding, _) = try await finding { fake in
            fake.put("0xab", blob: Self.blob.id.decimal, size: 901, pool: "0x9001", package: "0x7e57")
            fake.change {
                $0.pools = ["0x9001": 52]
                ($0.running, $0.poolPackage) = ("0x1234", "0x7e57")
            }
        }
        #expect(finding.verdict == .holds)
    }

    @Test("certifications in pools are found in the same queries as the others")
    func search() async throws {
        let (finding, fake) = try await finding(object: nil) { fake in
            fake.put("0xab", blob: Self.blob.id.decimal, size: 901, pool: "0x9001")
            fake.change { state in
                state.pools = ["0x9001": 52]
                state.certifications = (0..<70).map { ("\($0)", "0x\($0)") }
                state.pooledCertifications = (0..<120).map { ("\($0)", "0x\($0)") }
                state.pooledCertifications[12] = (Self.blob.id.decimal, "0xab")
            }
        }
        #expect(finding.verdict == .holds)
        // The system, three pages of both kinds, the object, the pool.
        #expect(fake.state.requests == 6)
    }
}

extension SuiFake {
    /// The finding of a check that does not wait between its attempts.
    func finding(
        on blob: StoredBlob,
        object: String?,
        nodes: [BaseURL] = [],
        clock: any Clock<Duration> = InstantClock()
    ) async throws -> Finding {
        let (findings, found) = AsyncStream.makeStream(of: Finding.self)
        try await serve { network in
            var network = network
            network.nodes = nodes
            let client = SuiClient(
                network: network,
                http: HTTPClient(),
                retryPolicy: RetryPolicy(maxAttempts: 3, clock: clock)
            )
            found.yield(try await ChainCheck(client).finding(on: blob, object: object))
        }
        return try #require(await findings.first { _ in true })
    }
}
