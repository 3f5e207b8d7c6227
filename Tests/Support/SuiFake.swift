import Foundation
import HTTP
import Hummingbird
import Synchronization
package import Walrus

/// A Sui GraphQL endpoint with a Walrus on it: system object, blob objects and certifications.
package final class SuiFake: Sendable {
    package struct State: Sendable {
        package var epoch = 40
        /// By address: type and content.
        package var objects: [String: (type: String, json: String)] = [:]
        /// Blob IDs as decimals and objects, the oldest first.
        package var certifications: [(blob: String, object: String)] = []
        /// How many of the next requests are answered 503.
        package var failures = 0
        /// What every request is answered instead.
        package var answer: String?
        package var requests = 0
    }

    package static let package = "0xd84704c17fc870b8764832c535aa6b11f21a95cd6f5bb38a9b07d2cf42220c66"
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

    private func answer(_ question: JSONValue) throws -> String {
        let state = shared.withLock { state in
            defer { state.failures = max(0, state.failures - 1) }
            state.requests += 1
            return state
        }
        if state.failures > 0 { throw HTTPError(.serviceUnavailable) }
        if let answer = state.answer { return answer }
        let variables = question["variables"]
        if variables?["type"]?.string == "\(Self.package)::events::BlobCertified" {
            return events(before: variables?["before"]?.string, in: state)
        }
        let address = variables?["id"]?.string ?? ""
        if address == Self.system {
            return """
                {"data":{"object":{"asMoveObject":{"contents":{"type":{"repr":"\(Self.package)::system::System"}}},\
                "dynamicFields":{"nodes":[{"value":{"json":{"committee":{"epoch":\(state.epoch),"n_shards":1000}}}}]}}}}
                """
        }
        guard let object = state.objects[address] else { return #"{"data":{"object":null}}"# }
        return """
            {"data":{"object":{"version":1,"asMoveObject":{"contents":{"type":{"repr":"\(object.type)"},\
            "json":\(object.json)}}}}}
            """
    }

    /// Fifty at a time, from the end.
    private func events(before cursor: String?, in state: State) -> String {
        let end = cursor.flatMap { Int($0) } ?? state.certifications.count
        let start = max(0, end - 50)
        let nodes = state.certifications[start..<end].map {
            """
            {"contents":{"type":{"repr":"x"},"json":{"epoch":34,"blob_id":"\($0.blob)","object_id":"\($0.object)"}}}
            """
        }
        return """
            {"data":{"events":{"pageInfo":{"hasPreviousPage":\(start > 0),"startCursor":"\(start)"},\
            "nodes":[\(nodes.joined(separator: ","))]}}}
            """
    }
}
