import Contract
import HTTP
import Support
import Testing

@testable import Walrus

@Suite("Storage nodes as a witness", .timeLimit(.minutes(10)))
struct StorageNodeTests {
    private static let blob = StoredBlob(id: BlobID(bytes: Array(7...38)), size: 5)

    private static let certified =
        #"{"permanent":{"endEpoch":61,"isCertified":true,"initialCertifiedEpoch":12}}"#
    private static let later = #"{"permanent":{"endEpoch":63,"isCertified":true,"initialCertifiedEpoch":12}}"#
    private static let registered = #"{"permanent":{"endEpoch":61,"isCertified":false}}"#
    private static let deletable = #"{"deletable":{"initialCertifiedEpoch":12,"deletableCounts":{}}}"#
    private static let invalid = #"{"invalid":{"event":{"txDigest":"4X","eventSeq":"0"}}}"#
    private static let nonexistent = #""nonexistent""#

    private func finding(_ statuses: [String], _ prepare: (SuiFake) -> Void = { _ in }) async throws
        -> Finding
    {
        let fake = SuiFake()
        prepare(fake)
        let (findings, found) = AsyncStream.makeStream(of: Finding.self)
        try await Self.serve(statuses[...], []) { nodes in
            found.yield(
                try await fake.finding(on: Self.blob, object: nil, nodes: nodes.map(\.address))
            )
            for node in nodes { #expect(node.requests == ["GET /v1/blobs/\(Self.blob.id)/status"]) }
        }
        return try #require(await findings.first { _ in true })
    }

    /// Serves one node for each status.
    private static func serve(
        _ statuses: ArraySlice<String>,
        _ nodes: [FaultyWalrus],
        _ body: @escaping @Sendable ([FaultyWalrus]) async throws -> Void
    ) async throws {
        guard let status = statuses.first else { return try await body(nodes) }
        let answer = FaultyResponse("200 OK", text: #"{"success":{"code":200,"data":\#(status)}}"#)
        try await FaultyWalrus.serve { _, _ in
            answer
        } _: { node in
            try await serve(statuses.dropFirst(), nodes + [node], body)
        }
    }

    private static let cases: [([String], Finding.Verdict, String)] = [
        ([certified, later, nonexistent], .holds, "certified until epoch 61"),
        ([certified, certified, certified], .holds, "say 3 of 3 storage nodes of Walrus"),
        ([deletable, deletable], .holds, "though its owner may delete it at any time"),
        ([registered, registered], .fails, "registered, but not certified"),
        ([invalid, invalid, certified], .fails, "marked as invalid"),
        ([nonexistent, nonexistent], .fails, "not on Walrus, or not any more"),
        ([certified, nonexistent], .unchecked, "none of the latest certifications is for this blob"),
        (["{}", #""odd""#, certified], .unchecked, "none of the latest certifications is for this blob"),
    ]

    @Test("more than half of the nodes decide, and the finding says who said it", arguments: cases.indices)
    func majority(_ index: Int) async throws {
        let (statuses, verdict, words) = Self.cases[index]
        let finding = try await finding(statuses)
        #expect(finding.verdict == verdict)
        #expect(finding.text.contains(words), "\(finding.text)")
        #expect(finding.by.hasPrefix("storage nodes of Walrus: 127.0.0.1:") == (verdict != .unchecked))
    }

    @Test("an end that has passed fails")
    func expired() async throws {
        let finding = try await finding([Self.certified]) { $0.change { $0.epoch = 61 } }
        #expect(finding.verdict == .fails)
        #expect(finding.text.contains("expired at epoch 61; the current epoch is 61"))
    }

    @Test("nodes of the settings are asked even if the chain does not answer")
    func noChain() async throws {
        let finding = try await finding([Self.certified]) { $0.change { $0.failures = .max } }
        #expect(finding.verdict == .holds)
        #expect(finding.text.contains("say 1 of 1 storage nodes"))
    }

    @Test("the chain names the nodes with the most shards and their addresses")
    func committee() async throws {
        let fake = SuiFake()
        fake.change { state in
            state.members = (1...7).map { ("0x\($0)", $0) }
            for member in 1...7 {
                state.objects["0x\(member)"] = (
                    "0x1::staking_pool::StakingPool",
                    #"{"node_info":{"network_address":"node\#(member).example:9185"}}"#
                )
            }
        }
        let (found, result) = AsyncStream.makeStream(of: [String].self)
        try await fake.serve { network in
            let client = SuiClient(network: network, http: HTTPClient())
            let nodes = try await client.storageNodes(try await client.system().nodes)
            result.yield(nodes.nodes.map(\.description))
        }
        let addresses = await found.first { _ in true }
        #expect(addresses == [7, 6, 5, 4, 3].map { "https://node\($0).example:9185" })
    }
}
