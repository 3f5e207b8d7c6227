import Contract
import Foundation
package import HTTP

/// Queries a Sui network for Walrus' objects, over GraphQL.
package struct SuiClient: Sendable {
    /// Whether `text` is an address of an object or a package: `0x` and up to 64 hexadecimal digits.
    package static func isAddress(_ text: String) -> Bool {
        text.wholeMatch(of: /0x[0-9a-fA-F]{1,64}/) != nil
    }

    package let network: SuiNetwork
    let http: HTTPClient
    let graphQL: GraphQL

    package init(network: SuiNetwork, http: HTTPClient, retryPolicy: RetryPolicy = WalrusClient.retryPolicy) {
        self.network = network
        self.http = http
        graphQL = GraphQL(endpoint: network.graphQL, http: http, retryPolicy: retryPolicy)
    }

    /// Walrus' state on the chain.
    struct System: Sendable {
        var packages: WalrusPackages
        var epoch: Int
        /// The objects of the storage nodes of this epoch, those with the most shards first.
        var nodes: [String]
    }

    /// Queries Walrus' state.
    func system() async throws -> System {
        let answer: SystemAnswer = try await graphQL.data(
            """
            query($id: SuiAddress!) { object(address: $id) { asMoveObject { contents { type { repr } json } } \
            dynamicFields(first: 1) { nodes { value { ... on MoveValue { json } } } } } }
            """,
            ["id": network.systemObject]
        )
        let contents = answer.object?.asMoveObject?.contents
        let type = contents?.type.map { String($0.repr.prefix { $0 != ":" }) }
        guard let original = network.package ?? type,
            let committee = answer.object?.dynamicFields?.nodes.first?.value?.json?.committee
        else { throw SuiError.noObject(network.systemObject) }
        let pools = try await poolPackage(current: contents?.json?.package_id, original: original)
        let members = (committee.members ?? []).sorted { $0.weight.value > $1.weight.value }
        return System(
            packages: WalrusPackages(original: original, pools: pools),
            epoch: committee.epoch.value,
            nodes: members.map(\.node_id)
        )
    }

    /// The version of Walrus' package that introduced storage pools; nil if that is not known.
    ///
    /// The system object names the version of the package that runs. The chain knows which version introduced each of
    /// its types.
    private func poolPackage(current: String?, original: String) async throws -> String? {
        let preset = SuiNetwork.Preset.allCases.first { $0.systemObject == network.systemObject }
        guard let current, current != original, current != preset?.poolPackage else {
            return preset?.poolPackage
        }
        struct Answer: Decodable {
            struct Origin: Decodable {
                let module: String?
                let `struct`: String?
                let definingId: String?
            }
            struct Package: Decodable { let typeOrigins: [Origin]? }
            let package: Package?
        }
        do {
            let answer: Answer = try await graphQL.data(
                "query($id: SuiAddress!) { package(address: $id) { typeOrigins { module struct definingId } } }",
                ["id": current]
            )
            let origin = answer.package?.typeOrigins?.first {
                $0.module == "storage_pool" && $0.struct == "PooledBlob"
            }
            return origin?.definingId ?? preset?.poolPackage ?? current
        } catch SuiError.refused, SuiError.unexpected {
            return preset?.poolPackage ?? current
        }
    }

    /// Queries the type and the content of the object at `address`; `blob` is nil if the object contains no blob.
    func object(_ address: String) async throws -> (type: String, blob: BlobObject?) {
        struct Answer: Decodable {
            struct Object: Decodable { let asMoveObject: MoveObject<BlobContents>? }
            let object: Object?
        }
        let answer: Answer = try await graphQL.data(
            "query($id: SuiAddress!) { object(address: $id) { asMoveObject { contents { type { repr } json } } } }",
            ["id": address]
        )
        guard let object = answer.object else { throw SuiError.noObject(address) }
        guard let contents = object.asMoveObject?.contents, let type = contents.type?.repr else {
            throw SuiError.unexpected("the object \(address) without its content")
        }
        return (type, contents.json?.blob)
    }

    /// Queries the first epoch in which the storage pool at `address` does not store its blobs; nil if no pool is there.
    ///
    /// The reservation of a pool is in a dynamic field, whose name is the version of the pool.
    func endEpoch(ofPool address: String) async throws -> Int? {
        struct Answer: Decodable {
            struct Object: Decodable { let dynamicFields: GraphQLPage<Field>? }
            struct Field: Decodable { let value: Value? }
            struct Value: Decodable { let json: PoolContents? }
            let object: Object?
        }
        let answer: Answer = try await graphQL.data(
            """
            query($id: SuiAddress!) { object(address: $id) { dynamicFields(first: 10) \
            { nodes { value { ... on MoveValue { json } } } } } }
            """,
            ["id": address]
        )
        return answer.object?.dynamicFields?.nodes.lazy.compactMap { $0.value?.json?.endEpoch }.first
    }
}

// MARK: Answers

extension SuiClient {
    private struct SystemAnswer: Decodable {
        struct Object: Decodable {
            let asMoveObject: MoveObject<Version>?
            let dynamicFields: GraphQLPage<Field>?
        }
        struct Version: Decodable { let package_id: String? }
        struct Field: Decodable { let value: Value? }
        struct Value: Decodable { let json: State? }
        struct State: Decodable { let committee: Committee }
        struct Committee: Decodable {
            let epoch: MoveInteger
            let members: [Member]?
        }
        struct Member: Decodable {
            let node_id: String
            let weight: MoveInteger
        }
        let object: Object?
    }

    /// The content of a storage pool's dynamic field; the end is nil for another field.
    private struct PoolContents: Decodable {
        struct Storage: Decodable { let end_epoch: MoveInteger }

        let endEpoch: Int?

        private enum CodingKeys: CodingKey { case storage }

        init(from decoder: any Decoder) throws {
            let storage = try? decoder.container(keyedBy: CodingKeys.self).decode(
                Storage.self,
                forKey: .storage
            )
            endEpoch = storage?.end_epoch.value
        }
    }

    /// The content of a blob's object, of a shared object that contains one, or of another object.
    private struct BlobContents: Decodable {
        let blob: BlobObject?

        private enum CodingKeys: CodingKey { case blob }

        init(from decoder: any Decoder) throws {
            let shared = try? decoder.container(keyedBy: CodingKeys.self).decode(
                BlobObject.self,
                forKey: .blob
            )
            blob = shared ?? (try? BlobObject(from: decoder))  // nil for an object of another type
        }
    }
}
