import Contract
import Foundation
package import HTTP
import HTTPTypes

/// Asks a Sui network about Walrus, over GraphQL.
package struct SuiClient: Sendable {
    /// The address of an object, and of a type's package: `0x` and up to 64 hexadecimal digits.
    package static func isAddress(_ text: String) -> Bool {
        text.wholeMatch(of: /0x[0-9a-fA-F]{1,64}/) != nil
    }

    package let network: SuiNetwork
    private let http: HTTPClient
    private let patience: Patience

    package init(network: SuiNetwork, http: HTTPClient, patience: Patience = WalrusClient.patience) {
        self.network = network
        self.http = http
        self.patience = patience
    }

    /// Walrus as it is now: the address of its package in type names, and the epoch.
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
        let answer: Answer = try await ask(
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

    /// The type of the object at `address`, and what it says of its blob; nil where it is nothing of the kind.
    func object(_ address: String) async throws -> (type: String, blob: BlobObject?) {
        struct Answer: Decodable {
            struct Object: Decodable { let asMoveObject: MoveObject<BlobContents>? }
            let object: Object?
        }
        let answer: Answer = try await ask(
            "query($id: SuiAddress!) { object(address: $id) { asMoveObject { contents { type { repr } json } } } }",
            ["id": address]
        )
        guard let contents = answer.object?.asMoveObject?.contents else { throw SuiError.noObject(address) }
        return (contents.type.repr, contents.json?.blob)
    }

    /// The objects of `id`'s certifications among fifty of all blobs, the latest first; `next` leads to those before.
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
        let answer: Answer = try await ask(
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

// MARK: The wire

extension SuiClient {
    private struct Question: Encodable {
        let query: String
        let variables: [String: String?]
    }

    private struct Reply<Answer: Decodable>: Decodable {
        struct Problem: Decodable { let message: String }
        let data: Answer?
        let errors: [Problem]?
    }

    private func ask<Answer: Decodable>(_ query: String, _ variables: [String: String?]) async throws
        -> Answer
    {
        let body = try Wire.encode(Question(query: query, variables: variables))
        let reply = try await patience.run { try await send(body) }
        let decoded: Reply<Answer>
        do {
            decoded = try Wire.decode(Reply<Answer>.self, from: reply)
        } catch {
            throw SuiError.unexpected(ErrorAnswer.words(reply) ?? "nothing")
        }
        if let problem = decoded.errors?.first { throw SuiError.refused(problem.message) }
        guard let data = decoded.data else { throw SuiError.unexpected("an answer without data") }
        return data
    }

    private func send(_ body: [UInt8]) async throws -> [UInt8] {
        let request = network.graphQL.request(.post, "", headers: [.contentType: "application/json"])
        do {
            let (response, bytes) = try await http.send(request, body: .bytes(body), limit: 1 << 20)
            switch response.status.code {
            case 200: return bytes
            case 429, 502, 503, 504: throw SuiError.away("status \(response.status.code)")
            default: throw SuiError.unexpected("status \(response.status.code)")
            }
        } catch let error as TransferError {
            throw SuiError.away(error.message)
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

    /// A blob's object, or a shared one around it, or something else.
    private struct BlobContents: Decodable {
        let blob: BlobObject?

        private enum CodingKeys: CodingKey { case blob }

        init(from decoder: any Decoder) throws {
            let shared = try? decoder.container(keyedBy: CodingKeys.self).decode(
                BlobObject.self,
                forKey: .blob
            )
            blob = shared ?? (try? BlobObject(from: decoder))  // else it is an object of another type
        }
    }
}
