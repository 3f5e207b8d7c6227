import Contract
import HTTP

extension SuiClient {
    /// The storage nodes to ask: those of the settings, otherwise the ones with the most shards in `objects`.
    ///
    /// `objects` are the nodes' staking pools on the chain, which publish the addresses of the nodes.
    ///
    /// - Throws: ``SuiError``, `CancellationError`.
    func storageNodes(_ objects: [String]) async throws -> StorageNodes {
        let chosen = Array(objects.prefix(StorageNodes.most))
        guard network.nodes.isEmpty, !chosen.isEmpty else {
            return StorageNodes(nodes: network.nodes, http: http)
        }
        struct Pool: Decodable {
            struct Node: Decodable { let network_address: String }
            let node_info: Node
        }
        struct Object: Decodable { let asMoveObject: MoveObject<Pool>? }
        let parameters = chosen.indices.map { "$n\($0): SuiAddress!" }.joined(separator: ", ")
        let fields = chosen.indices.map {
            "n\($0): object(address: $n\($0)) { asMoveObject { contents { type { repr } json } } }"
        }
        let answer: [String: Object?] = try await graphQL.data(
            "query(\(parameters)) { \(fields.joined(separator: " ")) }",
            Dictionary(uniqueKeysWithValues: chosen.enumerated().map { ("n\($0)", $1) })
        )
        let addresses = chosen.indices.compactMap { index in
            (answer["n\(index)"] ?? nil)?.asMoveObject?.contents?.json?.node_info.network_address
        }
        // An address that is no host and port is skipped: the node's owner wrote it.
        return StorageNodes(nodes: addresses.compactMap { try? BaseURL("https://\($0)") }, http: http)
    }
}
