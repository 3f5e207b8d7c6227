import Contract
import Foundation
import HTTP
import Support
import Testing

@testable import Walrus

@Suite("Check of the chain", .timeLimit(.minutes(10)))
struct ChainCheckTests {
    private static let blob = StoredBlob(id: BlobID(bytes: Array(1...32)), size: 17)
    private static let decimal = blob.id.decimal

    /// Checks the blob on a fake chain that `prepare` sets up.
    private func finding(
        object: String? = "0xb",
        tries: Int = 3,
        _ prepare: @escaping @Sendable (SuiFake) -> Void
    ) async throws -> (Finding, SuiFake) {
        let fake = SuiFake()
        prepare(fake)
        let (findings, found) = AsyncStream.makeStream(of: Finding.self)
        try await fake.serve { network in
            let retryPolicy = RetryPolicy(maxAttempts: tries, clock: InstantClock())
            let client = SuiClient(network: network, http: HTTPClient(), retryPolicy: retryPolicy)
            let now = Date(timeIntervalSince1970: 1_700_000_000)  // 2023-11-14, 22:13:20 UTC
            found.yield(try await ChainCheck(client, now: now).finding(on: Self.blob, object: object))
        }
        let finding = try #require(await findings.first { _ in true })
        return (finding, fake)
    }

    @Test("a blob ID is converted to Sui's decimal form", arguments: Vectors.shared.u256.indices)
    func decimal(_ index: Int) throws {
        let vector = Vectors.shared.u256[index]
        #expect(try BlobID(vector.blob_id).decimal == vector.decimal)
    }

    @Test("a registered, certified and permanent blob holds, and the finding has its end")
    func holds() async throws {
        let (finding, _) = try await finding { $0.put("0xb", blob: Self.decimal, size: 17) }
        #expect(finding.verdict == .holds)
        // Epoch 45 begins 4 to 5 days from now.
        #expect(
            finding.text == "registered and certified on Sui testnet until epoch 45 (about 2023-11-19), "
                + "and nobody can delete it before"
        )
        #expect(finding.by.hasPrefix("Sui testnet, through http://127.0.0.1:"))
    }

    @Test("a shared object is checked as its blob, and a deletable blob is reported as such")
    func sharedAndDeletable() async throws {
        let (finding, _) = try await finding {
            $0.put(
                "0xb",
                blob: Self.decimal,
                size: 17,
                deletable: true,
                type: "\(SuiFake.package)::shared_blob::SharedBlob",
                isShared: true
            )
        }
        #expect(finding.verdict == .holds)
        #expect(finding.text.contains("though its owner may delete it"))
    }

    private static let mismatches: [(String, @Sendable (SuiFake) -> Void)] = [
        ("another blob, 12", { $0.put("0xb", blob: "12", size: 17) }),
        ("18 bytes", { $0.put("0xb", blob: decimal, size: 18) }),
        ("encoding 0", { $0.put("0xb", blob: decimal, size: 17, encoding: 0) }),
        ("not certified", { $0.put("0xb", blob: decimal, size: 17, certified: "null") }),
        ("expired on Sui testnet at epoch 40", { $0.put("0xb", blob: decimal, size: 17, end: 40) }),
        ("not a Walrus blob", { $0.put("0xb", blob: decimal, size: 17, type: "0x1::blob::Blob") }),
        (
            "not a Walrus blob",
            { $0.put("0xb", blob: decimal, size: 17, type: "\(SuiFake.package)::coin::Coin") }
        ),
        ("not a Walrus blob", { $0.change { $0.objects["0xb"] = ("\(SuiFake.package)::blob::Blob", "{}") } }),
        ("has no object 0xb", { _ in }),
    ]

    @Test("an object that does not match the blob fails with the reason", arguments: mismatches.indices)
    func mismatch(_ index: Int) async throws {
        let (reason, prepare) = Self.mismatches[index]
        let (finding, _) = try await finding(prepare)
        #expect(finding.verdict == .fails)
        #expect(finding.text.contains(reason), "\(finding.text)")
    }

    @Test("without an object the latest certification of the blob is searched page by page")
    func search() async throws {
        let (finding, fake) = try await finding(object: nil) { fake in
            fake.put("0xb", blob: Self.decimal, size: 17)
            fake.put("0xc", blob: Self.decimal, size: 17, end: 50)
            fake.change { state in
                state.certifications = (0..<200).map { ("\($0)", "0x\($0)") }
                state.certifications[60] = (Self.decimal, "0xb")
                state.certifications[90] = (Self.decimal, "0xc")
            }
        }
        #expect(finding.verdict == .holds)
        #expect(finding.text.contains("epoch 50"))
        #expect(fake.state.requests == 5)
    }

    @Test("a newer certification that has expired or was deleted does not hide one that holds")
    func strangers() async throws {
        let (finding, _) = try await finding(object: nil) { fake in
            fake.put("0xb", blob: Self.decimal, size: 17)
            fake.put("0xc", blob: Self.decimal, size: 17, end: 40)
            fake.change { state in
                state.certifications = (0..<200).map { ("\($0)", "0x\($0)") }
                state.certifications[60] = (Self.decimal, "0xb")
                state.certifications[90] = (Self.decimal, "0xc")
                state.certifications[190] = (Self.decimal, "0xdead")
            }
        }
        #expect(finding.verdict == .holds)
        #expect(finding.registration?.object == "0xb")
    }

    @Test("if no certification holds, the finding is that of the latest one with an object")
    func noneHolds() async throws {
        let (finding, _) = try await finding(object: nil) { fake in
            fake.put("0xb", blob: Self.decimal, size: 17, end: 38)
            fake.put("0xc", blob: Self.decimal, size: 17, end: 40)
            fake.change {
                $0.certifications = [(Self.decimal, "0xb"), (Self.decimal, "0xc"), (Self.decimal, "0xdead")]
            }
        }
        #expect(finding.verdict == .fails)
        #expect(finding.text.contains("expired on Sui testnet at epoch 40"))
    }

    @Test("a blob without a certification among the latest 1,000 is unchecked")
    func unknown() async throws {
        for (count, requests) in [(0, 2), (2_000, 21)] {
            let (finding, fake) = try await finding(object: nil) { fake in
                fake.change { $0.certifications = (0..<count).map { ("\($0)", "0x\($0)") } }
            }
            #expect(finding.verdict == .unchecked)
            #expect(finding.text.contains("because no object address is given"))
            #expect(fake.state.requests == requests)
        }
    }

    @Test("an unavailable endpoint is retried; if it stays unavailable, the blob is unchecked")
    func unavailable() async throws {
        let (recovered, _) = try await finding {
            $0.put("0xb", blob: Self.decimal, size: 17)
            $0.change { $0.failures = 2 }
        }
        #expect(recovered.verdict == .holds)
        let (unavailable, fake) = try await finding { $0.change { $0.failures = .max } }
        #expect(unavailable.verdict == .unchecked)
        #expect(unavailable.text.contains("is not available"))
        #expect(fake.state.requests == 3)
    }

    @Test(
        "an invalid response or an error of the endpoint leaves the blob unchecked",
        arguments: [
            "", "<html>", "[]", "{}", #"{"data":null}"#, #"{"data":{"object":{}}}"#,
            #"{"errors":[{"message":"query too complex"}]}"#,
            #"{"data":{"object":{"asMoveObject":null,"dynamicFields":{"nodes":[]}}}}"#,
        ]
    )
    func invalidResponse(_ answer: String) async throws {
        let (finding, fake) = try await finding { $0.change { $0.answer = answer } }
        #expect(finding.verdict == .unchecked)
        #expect(fake.state.requests == 1)
    }
}
