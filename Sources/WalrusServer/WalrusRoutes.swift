import Contract
import HTTPTypes
package import Hummingbird
import Logging
import Walrus

/// The largest blobs that the server accepts and serves, in bytes.
package struct WalrusLimits: Sendable {
    /// The limit of public publishers: 10 MiB.
    package static let defaultPut = 10 << 20

    /// The largest blob that can be stored.
    package var put: Int
    /// The largest blob that is served; nil for no limit.
    package var get: Int?

    package init(put: Int = defaultPut, get: Int? = nil) {
        self.put = put
        self.get = get
    }
}

/// The routes of an aggregator and publisher over a folder of blobs, in Walrus' wire format (v1.56.0).
///
/// Blob IDs are those of the Walrus network. Epochs, objects and costs are only written down, because nothing is
/// registered on a chain. Blobs are stored until their files are deleted.
package struct WalrusRoutes: Sendable {
    private let store: BlobStore
    private let limits: WalrusLimits
    private let authorize: @Sendable (_ bearer: String?) async throws -> Bool

    /// Serves `store` to requests whose bearer token is accepted by `authorize`; `bearer` is nil if the request has
    /// no token.
    package init(
        store: BlobStore,
        limits: WalrusLimits = WalrusLimits(),
        authorize: @escaping @Sendable (_ bearer: String?) async throws -> Bool = { _ in true }
    ) {
        self.store = store
        self.limits = limits
        self.authorize = authorize
    }

    /// Adds the routes to a router that adds HEAD where GET is (`autoGenerateHeadEndpoints`).
    ///
    /// Unknown paths under `prefix` are answered with an error in Walrus' format.
    package func add<Context: RequestContext>(to router: Router<Context>, prefix: String = "/v1/") {
        router.add(middleware: UnknownRoutes(prefix: prefix))
        router.get("status") { _, _ in "OK" }
        router.get("v1/api") { _, _ in WalrusDescription.response }
        router.put("v1/blobs") { request, _ in try await respond(request) { try await put(request) } }
        router.get("v1/blobs/:id") { request, context in
            try await respond(request) { try await get(request, context.parameters.get("id")) }
        }
        router.get("v1/blobs/:id/byte-range") { request, context in
            try await respond(request) { try await getPart(request, context.parameters.get("id")) }
        }
    }

    private func put(_ request: Request) async throws -> Response {
        let query = try StoreQuery(request.uri.queryParameters)
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.put {
            throw WalrusError.tooLarge(limit: limits.put)
        }
        let (blob, isNew) = try await store.store(request.body.map { Array(buffer: $0) }, upTo: limits.put)
        let (purchase, isBought) = store.ledger.buy(blob.id, for: query, isNewBlob: isNew)
        return try .json(StoreResponseBody(blob, purchase, isNew: isBought, query: query))
    }

    /// Serves a blob, or the range that the `Range` header names.
    private func get(_ request: Request, _ text: String?) async throws -> Response {
        try ReadQuery.check(request.uri.queryParameters)
        let (id, file) = try await file(text)
        let range = try request.headers[.range].map { try ByteRange(header: $0, size: file.size) }
        var response = try response(request, range ?? ByteRange(all: file.size), of: file, tag: "\(id)")
        if let range {
            response.status = .partialContent
            response.headers[.contentRange] = "bytes \(range.first)-\(range.last)/\(file.size)"
        }
        return response
    }

    /// Serves a range as a response with status 200, which caches can store.
    private func getPart(_ request: Request, _ text: String?) async throws -> Response {
        let (id, file) = try await file(text)
        let range = try ByteRange(request.uri.queryParameters, size: file.size)
        return try response(request, range, of: file, tag: "\(id)-\(range.first)-\(range.count)")
    }

    private func file(_ text: String?) async throws -> (BlobID, BlobFile) {
        guard let text, let id = try? BlobID(text) else { throw WireError.malformedID }
        guard let file = try await store.file(of: id) else { throw WireError.notFound }
        guard file.size <= limits.get ?? .max else { throw WireError.tooLargeToRead }
        return (id, file)
    }

    private func response(_ request: Request, _ range: ByteRange, of file: BlobFile, tag: String) throws
        -> Response
    {
        var headers: HTTPFields = [
            .cacheControl: "public, max-age=86400, stale-while-revalidate=3600", .eTag: tag,
            .xContentTypeOptions: "nosniff",
        ]
        let accepted = request.headers[.accept].flatMap { $0.contains("*") ? nil : $0 }
        headers[.contentType] = accepted ?? request.headers[.contentType]
        return Response(status: .ok, headers: headers, body: .file(file, range))
    }

    /// Checks the authorization and converts errors to Walrus' error responses.
    private func respond(
        _ request: Request,
        _ handler: () async throws -> Response
    ) async throws -> Response {
        do {
            let value = request.headers[.authorization]
            let bearer = value.flatMap {
                $0.lowercased().hasPrefix("bearer ") ? String($0.dropFirst(7)) : nil
            }
            guard try await authorize(bearer) else { throw WireError.unauthorized }
            return try await handler()
        } catch let error as WireError {
            return try error.response
        } catch let error as PlainTextError {
            return error.response
        } catch WalrusError.tooLarge(let limit) {
            let text = "length limit exceeded\(limit.map { ": at most \($0) bytes" } ?? "")"
            return PlainTextError(status: .contentTooLarge, text: text).response
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
