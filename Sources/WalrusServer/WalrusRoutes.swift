import Contract
import HTTPTypes
package import Hummingbird
import Logging
import Walrus

/// How large a blob may be, in bytes.
package struct WalrusLimits: Sendable {
    /// What public publishers take.
    package static let usualPut = 10 << 20

    /// The largest that is taken.
    package var put: Int
    /// The largest that is handed out; nil: any.
    package var get: Int?

    package init(put: Int = usualPut, get: Int? = nil) {
        self.put = put
        self.get = get
    }
}

/// Aggregator and publisher over a folder of blobs, in Walrus' own wire format (v1.56.0).
///
/// IDs are true; epochs, objects and costs are of this machine alone: nothing here is on a chain, and blobs stay until
/// somebody removes them.
package struct WalrusRoutes: Sendable {
    private let store: BlobStore
    private let limits: WalrusLimits
    private let authorize: @Sendable (_ bearer: String?) async throws -> Bool

    /// Serves `store` to requests whose bearer token `authorize` accepts.
    package init(
        store: BlobStore,
        limits: WalrusLimits = WalrusLimits(),
        authorize: @escaping @Sendable (_ bearer: String?) async throws -> Bool = { _ in true }
    ) {
        self.store = store
        self.limits = limits
        self.authorize = authorize
    }

    /// Adds the routes, and an answer for paths under `prefix` that are none of them.
    package func add<Context: RequestContext>(to router: Router<Context>, prefix: String = "/v1/") {
        router.add(middleware: UnknownRoutes(prefix: prefix))
        router.get("status") { _, _ in "OK" }
        router.put("v1/blobs") { request, _ in try await answering(request) { try await put(request) } }
        router.get("v1/blobs/:id") { request, context in
            try await answering(request) { try await get(request, context.parameters.get("id")) }
        }
        router.head("v1/blobs/:id") { request, context in
            try await answering(request) {
                try await get(request, context.parameters.get("id")).createHeadResponse()
            }
        }
        router.get("v1/blobs/:id/byte-range") { request, context in
            try await answering(request) { try await getPart(request, context.parameters.get("id")) }
        }
    }

    private func put(_ request: Request) async throws -> Response {
        let query = try StoreQuery(request.uri.queryParameters)
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.put {
            throw WalrusError.tooLarge(limit: limits.put)
        }
        let (blob, isNew) = try await store.keep(request.body.map { Array(buffer: $0) }, upTo: limits.put)
        return try .json(StoreAnswerBody(blob: blob, isNew: isNew, query: query))
    }

    /// All of a blob, or the part that a `Range` names.
    private func get(_ request: Request, _ text: String?) async throws -> Response {
        try ReadQuery.check(request.uri.queryParameters)
        let (id, file) = try await file(text)
        let range = try request.headers[.range].map { try ByteRange(header: $0, size: file.size) }
        var response = try answer(request, range ?? ByteRange(all: file.size), of: file, tag: "\(id)")
        if let range {
            response.status = .partialContent
            response.headers[.contentRange] = "bytes \(range.first)-\(range.last)/\(file.size)"
        }
        return response
    }

    /// A part as a whole answer, which caches understand.
    private func getPart(_ request: Request, _ text: String?) async throws -> Response {
        let (id, file) = try await file(text)
        let range = try ByteRange(request.uri.queryParameters, size: file.size)
        return try answer(request, range, of: file, tag: "\(id)-\(range.first)-\(range.count)")
    }

    private func file(_ text: String?) async throws -> (BlobID, BlobFile) {
        guard let text, let id = try? BlobID(text) else { throw WireError.malformedID }
        guard let file = try await store.file(of: id) else { throw WireError.notFound }
        guard file.size <= limits.get ?? .max else { throw WireError.tooLargeToRead }
        return (id, file)
    }

    private func answer(_ request: Request, _ range: ByteRange, of file: BlobFile, tag: String) throws
        -> Response
    {
        var headers: HTTPFields = [
            .cacheControl: "public, max-age=86400, stale-while-revalidate=3600", .eTag: tag,
            .xContentTypeOptions: "nosniff",
        ]
        if let accept = request.headers[.accept], !accept.contains("*") { headers[.contentType] = accept }
        return Response(status: .ok, headers: headers, body: .file(file, range))
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
            return error.response
        } catch WalrusError.tooLarge(let limit) {
            let text = "length limit exceeded\(limit.map { ": at most \($0) bytes" } ?? "")"
            return PlainRefusal(status: .contentTooLarge, text: text).response
        } catch let error as any HTTPResponseError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            let place = "\(request.method) \(request.uri.path)"
            store.logger.error("a request failed", metadata: ["request": "\(place)", "error": "\(error)"])
            return try WireError.failed.response
        }
    }
}
