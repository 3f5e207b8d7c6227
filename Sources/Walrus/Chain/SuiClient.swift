import Contract
import Foundation
package import HTTP
import HTTPTypes

/// Queries a Sui network for Walrus' objects, over GraphQL.
package struct SuiClient: Sendable {
    /// Whether `text` is an address of an object or a package: `0x` and up to 64 hexadecimal digits.
    package static func isAddress(_ text: String) -> Bool {
        text.wholeMatch(of: /0x[0-9a-fA-F]{1,64}/) != nil
    }

    package let network: SuiNetwork
    private let http: HTTPClient
    private let retryPolicy: RetryPolicy

    package init(network: SuiNetwork, http: HTTPClient, retryPolicy: RetryPolicy = WalrusClient.retryPolicy) {
        self.network = network
        self.http = http
        self.retryPolicy = retryPolicy
    }

    /// Queries the current epoch, and the package address with which the names of Walrus' types begin.
    func system() async throws -> (package: String, epoch: Int) {
        struct Answer: Decodable {
            struct Object: Decodable {
                let asMoveObject: MoveObject<Ignored>?
                let dynamicFields: Page<Field>
            }
            struct Field: Decodable { let value: Value }
            struct Value: Decodable { let json: State }
            struct State: Decodable { let committee: Committee }
            struct Committee: Decodable { let epoch: MoveInteger }
            let object: Object?
        }
        let answer: Answer = try await query(
            """
            query($id: SuiAddress!) { object(address: $id) { asMoveObject { contents { type { repr } } } \
            dynamicFields(first: 1) { nodes { value { ... on MoveValue { json } } } } } }
            """,
            ["id": network.systemObject]
        )
        let type = answer.object?.asMoveObject?.contents.type.repr
        guard let package = network.package ?? type.map({ String($0.prefix { $0 != ":" }) }),
            let epoch = answer.object?.dynamicFields.nodes.first?.value.json.committee.epoch
        else { throw SuiError.noObject(network.systemObject) }
        return (package, epoch.value)
    }

    /// Queries the type and the content of the object at `address`; `blob` is nil if the object contains no blob.
    func object(_ address: String) async throws -> (type: String, blob: BlobObject?) {
        struct Answer: Decodable {
            struct Object: Decodable { let asMoveObject: MoveObject<BlobContents>? }
            let object: Object?
        }
        let answer: Answer = try await query(
            "query($id: SuiAddress!) { object(address: $id) { asMoveObject { contents { type { repr } json } } } }",
            ["id": address]
        )
        guard let contents = answer.object?.asMoveObject?.contents else { throw SuiError.noObject(address) }
        return (contents.type.repr, contents.json?.blob)
    }

    /// Queries a page of at most 50 certifications of any blobs, and selects those of the blob `id`.
    ///
    /// Returns the addresses of the objects in the selected certifications, the latest first.
    ///
    /// `next` is the cursor for the page with the preceding, older certifications; nil if there is no such page.
    func certifications(of id: BlobID, package: String, before cursor: String?) async throws
        -> (objects: [String], next: String?)
    {
        struct Answer: Decodable {
            struct Event: Decodable { let contents: Contents<Certification> }
            struct Certification: Decodable {
                let blob_id: MoveInteger
                let object_id: String
            }
            let events: Page<Event>
        }
        let answer: Answer = try await query(
            """
            query($type: String!, $before: String) { events(last: 50, before: $before, filter: { type: $type }) \
            { pageInfo { hasPreviousPage startCursor } nodes { contents { type { repr } json } } } }
            """,
            ["type": "\(package)::events::BlobCertified", "before": cursor]
        )
        let events = answer.events.nodes.compactMap(\.contents.json)
        let objects = events.filter { $0.blob_id.text == id.decimal }.map(\.object_id)
        let page = answer.events.pageInfo
        return (objects.reversed(), page?.hasPreviousPage == true ? page?.startCursor : nil)
    }
}

// MARK: GraphQL

extension SuiClient {
    private struct GraphQLRequest: Encodable {
        let query: String
        let variables: [String: String?]
    }

    private struct GraphQLResponse<Answer: Decodable>: Decodable {
        struct Problem: Decodable { let message: String }
        let data: Answer?
        let errors: [Problem]?
    }

    private func query<Answer: Decodable>(_ text: String, _ variables: [String: String?]) async throws
        -> Answer
    {
        let body = try Wire.encode(GraphQLRequest(query: text, variables: variables))
        let reply = try await retryPolicy.run { try await send(body) }
        let decoded: GraphQLResponse<Answer>
        do {
            decoded = try Wire.decode(GraphQLResponse<Answer>.self, from: reply)
        } catch {
            throw SuiError.unexpected(ErrorResponse.summary(of: reply) ?? "an empty body")
        }
        if let problem = decoded.errors?.first { throw SuiError.refused(problem.message) }
        guard let data = decoded.data else { throw SuiError.unexpected("a response without data") }
        return data
    }

    private func send(_ body: [UInt8]) async throws -> [UInt8] {
        let request = network.graphQL.request(.post, "", headers: [.contentType: "application/json"])
        do {
            let (response, bytes) = try await http.send(request, body: .bytes(body), limit: 1 << 20)
            switch response.status.code {
            case 200: return bytes
            case 429, 502, 503, 504: throw SuiError.unavailable("status \(response.status.code)")
            default: throw SuiError.unexpected("status \(response.status.code)")
            }
        } catch let error as TransferError {
            throw SuiError.unavailable(error.message)
        }
    }

    private struct Page<Node: Decodable>: Decodable {
        struct Info: Decodable {
            let hasPreviousPage: Bool
            let startCursor: String?
        }
        let pageInfo: Info?
        let nodes: [Node]
    }

    private struct MoveObject<Content: Decodable>: Decodable {
        let contents: Contents<Content>
    }

    private struct Contents<Content: Decodable>: Decodable {
        struct MoveType: Decodable { let repr: String }
        let type: MoveType
        let json: Content?
    }

    private struct Ignored: Decodable {}

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
