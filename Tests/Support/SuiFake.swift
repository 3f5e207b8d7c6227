import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import Synchronization
package import Walrus

/// A Sui GraphQL endpoint with a Walrus on it: system object, blob objects and certifications.
package final class SuiFake: Sendable {
    /// An answer that is none, with an optional `Retry-After` in seconds.
    package struct Refusal: Sendable {
        let status: Int
        let body: String
        let retryAfter: Int?

        package init(_ status: Int, _ body: String = "", retryAfter: Int? = nil) {
            (self.status, self.body, self.retryAfter) = (status, body, retryAfter)
        }
    }

    package struct State: Sendable {
        package var epoch = 40
        /// By address: type and content.
        package var objects: [String: (type: String, json: String)] = [:]
        /// Blob IDs as decimals and objects, the oldest first.
        package var certifications: [(blob: String, object: String)] = []
        /// The same for blobs in storage pools.
        package var pooledCertifications: [(blob: String, object: String)] = []
        /// The objects and weights of the storage nodes.
        package var members: [(node: String, weight: Int)] = []
        /// Storage pools by address, and the first epoch after each.
        package var pools: [String: Int] = [:]
        /// What the system object calls the running version of the package; nil to name none.
        package var running: String?
        /// The version of the package that introduced storage pools, as `running` lists it.
        package var poolPackage = SuiFake.poolPackage
        /// What the next requests are answered instead.
        package var refusals: [Refusal] = []
        /// How many of the next requests are answered 503.
        package var failures = 0
        /// What every request is answered instead.
        package var answer: String?
        package var requests = 0
        /// The text of every query.
        package var questions: [String] = []
    }

    package static let package = "0xd84704c17fc870b8764832c535aa6b11f21a95cd6f5bb38a9b07d2cf42220c66"
    package static let poolPackage = "0x849e95d2718938d66c37fb91df76d72f78526c1864c339bac415ce8ecda2d8cc"
    package static let system = "0x6c2547cbbc38025cf3adac45f63cb0a8d12ecf777cdc75a4971612bf97fdf6af"

    package init() {}

    private let shared = Mutex(State())

    package var state: State { shared.withLock { $0 } }
    package func change(_ body: (inout State) -> Void) { shared.withLock { body(&$0) } }

    /// Puts a blob's object on the chain; `fields` override those of a certified, permanent one.
    package func put(
        _ address: String,
        blob: String,
        size: Int,
        certified: String = "34",
        end: Int = 45,
        encoding: Int = 1,
        deletable: Bool = false,
        type: String = "\(package)::blob::Blob",
        isShared: Bool = false
    ) {
        let json = """
            {"id":"\(address)","registered_epoch":34,"blob_id":"\(blob)","size":"\(size)","encoding_type":\(encoding),\
            "certified_epoch":\(certified),"storage":{"id":"0x1","start_epoch":34,"end_epoch":\(end),\
            "storage_size":"66034000"},"deletable":\(deletable)}
            """
        let content = isShared ? #"{"id":"0x2","blob":\#(json),"funds":"0"}"# : json
        change { $0.objects[address] = (type, content) }
    }

    /// Puts a blob in the storage pool `pool` on the chain.
    package func put(
        _ address: String,
        blob: String,
        size: Int,
        pool: String,
        certified: String = "34",
        package: String = SuiFake.poolPackage
    ) {
        let json = """
            {"id":"\(address)","registered_epoch":34,"blob_id":"\(blob)","unencoded_size":"\(size)","encoding_type":1,\
            "certified_epoch":\(certified),"storage_pool_id":"\(pool)","deletable":true}
            """
        change { $0.objects[address] = ("\(package)::storage_pool::PooledBlob", json) }
    }

    package func serve(_ body: @escaping @Sendable (SuiNetwork) async throws -> Void) async throws {
        let router = Router()
        router.post("graphql") { request, _ in
            let buffer = try await request.body.collect(upTo: 1 << 20)
            let question = try JSONDecoder().decode(JSONValue.self, from: Data(buffer.readableBytesView))
            return try self.answer(question)
        }
        try await withLoopbackServer(router) { url in
            try await body(
                SuiNetwork(
                    name: "testnet",
                    graphQL: try BaseURL("\(url)/graphql"),
                    systemObject: Self.system,
                    package: nil,
                    epochLength: .seconds(86_400)
                )
            )
        }
    }

    private func answer(_ question: JSONValue) throws -> Response {
        let state = shared.withLock { state in
            defer { state.failures = max(0, state.failures - 1) }
            state.requests += 1
            state.questions.append(question["query"]?.string ?? "")
            return state
        }
        if let refusal = state.refusals.first {
            change { $0.refusals.removeFirst() }
            return Response(
                status: .init(code: refusal.status),
                headers: refusal.retryAfter.map { [.retryAfter: "\($0)"] } ?? [:],
                body: .init(byteBuffer: ByteBuffer(string: refusal.body))
            )
        }
        return Response(
            status: .ok,
            body: .init(byteBuffer: ByteBuffer(string: try data(for: question, in: state)))
        )
    }

    private func data(for question: JSONValue, in state: State) throws -> String {
        if state.failures > 0 { throw HTTPError(.serviceUnavailable) }
        if let answer = state.answer { return answer }
        let variables = question["variables"]
        if let events = events(variables, in: state) { return #"{"data":{\#(events)}}"# }
        if variables?["n0"] != nil { return nodes(variables, in: state) }
        let address = variables?["id"]?.string ?? ""
        if address == Self.system {
            return """
                {"data":{"object":{"asMoveObject":{"contents":{"type":{"repr":"\(Self.package)::system::System"},\
                "json":{"package_id":\(state.running.map { "\"\($0)\"" } ?? "null")}}},\
                "dynamicFields":{"nodes":[{"value":{"json":{"committee":{"epoch":\(state.epoch),"n_shards":1000,\
                "members":[\(state.members.map { #"{"node_id":"\#($0.node)","weight":\#($0.weight)}"# }.joined(separator: ","))]}}}}]}}}}
                """
        }
        if let end = state.pools[address] {
            return """
                {"data":{"object":{"dynamicFields":{"nodes":[{"value":{}},{"value":{"json":\
                {"storage":{"start_epoch":30,"end_epoch":\(end)},"blob_count":"1"}}}]}}}}
                """
        }
        if address == state.running {
            return """
                {"data":{"package":{"typeOrigins":[{"module":"blob","struct":"Blob","definingId":"\(Self.package)"},\
                {"module":"storage_pool","struct":"PooledBlob","definingId":"\(state.poolPackage)"}]}}}
                """
        }
        guard let object = state.objects[address] else { return #"{"data":{"object":null}}"# }
        return """
            {"data":{"object":{"version":1,"asMoveObject":{"contents":{"type":{"repr":"\(object.type)"},\
            "json":\(object.json)}}}}}
            """
    }

    /// The objects of the storage nodes that the question asks for.
    private func nodes(_ variables: JSONValue?, in state: State) -> String {
        let nodes = (0..<5).compactMap { index -> String? in
            guard let object = state.objects[variables?["n\(index)"]?.string ?? ""] else { return nil }
            return """
                "n\(index)":{"asMoveObject":{"contents":{"type":{"repr":"\(object.type)"},"json":\(object.json)}}}
                """
        }
        return #"{"data":{\#(nodes.joined(separator: ","))}}"#
    }

    /// The pages of events that the question asks for; nil if it asks for none.
    private func events(_ variables: JSONValue?, in state: State) -> String? {
        let kinds = [
            ("blobs", "\(Self.package)::events::BlobCertified", state.certifications),
            ("pooled", "\(state.poolPackage)::events::PooledBlobCertified", state.pooledCertifications),
        ]
        let pages = kinds.compactMap { name, type, certifications -> String? in
            guard let asked = variables?["\(name)Type"]?.string else { return nil }
            let found = asked == type ? certifications : []
            return #""\#(name)":\#(page(of: found, before: variables?["\(name)Before"]?.string))"#
        }
        return pages.isEmpty ? nil : pages.joined(separator: ",")
    }

    /// Fifty at a time, from the end.
    private func page(of certifications: [(blob: String, object: String)], before cursor: String?) -> String {
        let end = cursor.flatMap { Int($0) } ?? certifications.count
        let start = max(0, end - 50)
        let nodes = certifications[start..<end].map {
            """
            {"contents":{"type":{"repr":"x"},"json":{"epoch":34,"blob_id":"\($0.blob)","object_id":"\($0.object)"}}}
            """
        }
        return """
            {"pageInfo":{"hasPreviousPage":\(start > 0),"startCursor":"\(start)"},\
            "nodes":[{"contents":null},\(nodes.map { "\($0)," }.joined()){"contents":{"type":null,"json":null}}]}
            """
    }
}
