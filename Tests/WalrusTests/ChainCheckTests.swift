import Contract
import Foundation
import HTTP
import Support
import Testing

@testable import Walrus

@Suite("The chain's word", .timeLimit(.minutes(1)))
struct ChainCheckTests {
    private static let blob = StoredBlob(id: BlobID(bytes: Array(1...32)), size: 17)
    private static let decimal = blob.id.decimal

    /// What is found of the blob on a chain that `prepare` has set up.
    private func finding(
        object: String? = "0xb",
        tries: Int = 3,
        _ prepare: @escaping @Sendable (SuiFake) -> Void
    ) async throws -> (Finding, SuiFake) {
        let fake = SuiFake()
        prepare(fake)
        let (findings, found) = AsyncStream.makeStream(of: Finding.self)
        try await fake.serve { network in
            let patience = Patience(tries: tries, clock: ImpatientClock())
            let client = SuiClient(network: network, http: HTTPClient(), patience: patience)
            let now = Date(timeIntervalSince1970: 1_700_000_000)  // 2023-11-14, 22:13:20 UTC
            found.yield(try await ChainCheck(client, now: now).finding(on: Self.blob, object: object))
        }
        let finding = try #require(await findings.first { _ in true })
        return (finding, fake)
    }

    @Test("IDs are decimal numbers on Sui", arguments: Vectors.shared.u256.indices)
    func decimal(_ index: Int) throws {
        let vector = Vectors.shared.u256[index]
        #expect(try BlobID(vector.blob_id).decimal == vector.decimal)
    }

    @Test("a blob that is registered, certified and permanent holds, with its end")
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

    @Test("a shared object counts as the blob in it, and a deletable one says so")
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

    private static let wrongs: [(String, @Sendable (SuiFake) -> Void)] = [
        ("another blob, 12", { $0.put("0xb", blob: "12", size: 17) }),
        ("18 bytes", { $0.put("0xb", blob: decimal, size: 18) }),
        ("encoding 0", { $0.put("0xb", blob: decimal, size: 17, encoding: 0) }),
        ("never certified", { $0.put("0xb", blob: decimal, size: 17, certified: "null") }),
        ("ended with epoch 40", { $0.put("0xb", blob: decimal, size: 17, end: 40) }),
        ("no blob of Walrus", { $0.put("0xb", blob: decimal, size: 17, type: "0x1::blob::Blob") }),
        (
            "no blob of Walrus",
            { $0.put("0xb", blob: decimal, size: 17, type: "\(SuiFake.package)::coin::Coin") }
        ),
        ("no blob of Walrus", { $0.change { $0.objects["0xb"] = ("\(SuiFake.package)::blob::Blob", "{}") } }),
        ("no object 0xb", { _ in }),
    ]

    @Test("an object that does not fit fails, and says how", arguments: wrongs.indices)
    func wrong(_ index: Int) async throws {
        let (words, prepare) = Self.wrongs[index]
        let (finding, _) = try await finding(prepare)
        #expect(finding.verdict == .fails)
        #expect(finding.text.contains(words), "\(finding.text)")
    }

    @Test("without an object the latest certification of the blob is looked up, page by page")
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

    @Test("a stranger's newer certification that has ended, or is gone, hides none that holds")
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

    @Test("where no certification holds, the latest whose object is there says why")
    func noneHolds() async throws {
        let (finding, _) = try await finding(object: nil) { fake in
            fake.put("0xb", blob: Self.decimal, size: 17, end: 38)
            fake.put("0xc", blob: Self.decimal, size: 17, end: 40)
            fake.change {
                $0.certifications = [(Self.decimal, "0xb"), (Self.decimal, "0xc"), (Self.decimal, "0xdead")]
            }
        }
        #expect(finding.verdict == .fails)
        #expect(finding.text.contains("ended with epoch 40"))
    }

    @Test("a blob that nobody certified lately is unchecked, after a thousand certifications at most")
    func unknown() async throws {
        for (count, requests) in [(0, 2), (2_000, 21)] {
            let (finding, fake) = try await finding(object: nil) { fake in
                fake.change { $0.certifications = (0..<count).map { ("\($0)", "0x\($0)") } }
            }
            #expect(finding.verdict == .unchecked)
            #expect(finding.text.contains("because no object is named"))
            #expect(fake.state.requests == requests)
        }
    }

    @Test("an endpoint that is away for a moment is asked again, and one that stays away leaves it unchecked")
    func away() async throws {
        let (back, _) = try await finding {
            $0.put("0xb", blob: Self.decimal, size: 17)
            $0.change { $0.failures = 2 }
        }
        #expect(back.verdict == .holds)
        let (gone, fake) = try await finding { $0.change { $0.failures = .max } }
        #expect(gone.verdict == .unchecked)
        #expect(gone.text.contains("cannot be reached"))
        #expect(fake.state.requests == 3)
    }

    @Test(
        "an endpoint that answers nonsense, or refuses, leaves it unchecked",
        arguments: [
            "", "<html>", "[]", "{}", #"{"data":null}"#, #"{"data":{"object":{}}}"#,
            #"{"errors":[{"message":"query too complex"}]}"#,
            #"{"data":{"object":{"asMoveObject":null,"dynamicFields":{"nodes":[]}}}}"#,
        ]
    )
    func nonsense(_ answer: String) async throws {
        let (finding, fake) = try await finding { $0.change { $0.answer = answer } }
        #expect(finding.verdict == .unchecked)
        #expect(fake.state.requests == 1)
    }
}
