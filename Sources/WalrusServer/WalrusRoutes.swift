import Contract
import HTTPTypes
package import Hummingbird
package import Walrus

/// Aggregator and publisher over a folder of blobs, in Walrus' own wire format (v1.56.0).
///
/// IDs are true; epochs, objects and costs are of this machine alone: nothing here is on a chain, and blobs stay until
/// somebody removes them.
package struct WalrusRoutes: Sendable {
    private let store: BlobStore
    private let authorize: @Sendable (_ bearer: String?) async throws -> Bool

    /// Serves `store` to requests whose bearer token `authorize` accepts.
    package init(
        store: BlobStore,
        authorize: @escaping @Sendable (_ bearer: String?) async throws -> Bool = { _ in true }
    ) {
        self.store = store
        self.authorize = authorize
    }

    package func add<Context: RequestContext>(to router: Router<Context>) {
        router.get("status") { _, _ in "OK" }
        router.put("v1/blobs") { request, _ in try await answering(request) { try await put(request) } }
        router.get("v1/blobs/:id") { request, context in
            try await answering(request) { try get(request, id: context.parameters.get("id")) }
        }
        router.head("v1/blobs/:id") { request, context in
            try await answering(request) {
                try get(request, id: context.parameters.get("id")).createHeadResponse()
            }
        }
    }

    private func put(_ request: Request) async throws -> Response {
        let query = try StoreQuery(request.uri.queryParameters)
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > store.sizeLimit {
            throw WalrusError.tooLarge(limit: store.sizeLimit)
        }
        let (blob, isNew) = try await store.keep(request.body.map { Array(buffer: $0) })
        return try .json(StoreAnswerBody(blob: blob, isNew: isNew, query: query))
    }

    private func get(_ request: Request, id text: String?) throws -> Response {
        guard request.uri.queryParameters.isEmpty || StoreQuery.allowsRead(request.uri.queryParameters) else {
            throw PlainRefusal(status: .badRequest, text: "unknown or contradicting query parameters")
        }
        guard let text, let id = try? BlobID(text) else { throw WireError.malformedID }
        guard let path = store.path(of: id), let size = try store.size(of: id) else {
            throw WireError.notFound
        }
        let range = try request.headers[.range].map { try ByteRange($0, size: size) }
        var headers: HTTPFields = [
            .cacheControl: "public, max-age=86400, stale-while-revalidate=3600", .eTag: id.description,
            .xContentTypeOptions: "nosniff",
        ]
        if let accept = request.headers[.accept], !accept.contains("*") { headers[.contentType] = accept }
        if let range { headers[.contentRange] = "bytes \(range.first)-\(range.last)/\(size)" }
        let slice = range.map { $0.first..<$0.last + 1 } ?? 0..<size
        return Response(
            status: range == nil ? .ok : .partialContent,
            headers: headers,
            body: try .file(path, slice: slice)
        )
    }

    /// Lets in who may, and answers errors as Walrus does.
    private func answering(
        _ request: Request,
        _ answer: () async throws -> Response
    ) async throws -> Response {
        do {
            let value = request.headers[.authorization]
            let bearer = value.flatMap {
                $0.lowercased().hasPrefix("bearer ") ? String($0.dropFirst(7)) : nil
            }
            guard try await authorize(bearer) else { throw WireError.unauthorized }
            return try await answer()
        } catch let error as WireError {
            return try error.response
        } catch let error as PlainRefusal {
            return Response(status: error.status, body: .init(byteBuffer: ByteBuffer(string: error.text)))
        } catch WalrusError.tooLarge(let limit) {
            let text = "length limit exceeded\(limit.map { ": at most \($0) bytes" } ?? "")"
            return Response(status: .contentTooLarge, body: .init(byteBuffer: ByteBuffer(string: text)))
        }
    }
}
