import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Logging
import Store
import Support
import Webhook

/// The HTTP API of a bot on loopback, with an empty store in memory.
struct APIFixture: Sendable {
    static let bodyLimit = APILimits().body

    let store: SQLiteStore
    let queue: JobQueue
    let address: BaseURL
    private let http = HTTPClient()

    /// Serves the API while `body` runs.
    static func run(
        _ limits: APILimits = APILimits(),
        publisherToken: PublisherTokenMaker? = nil,
        images: String? = nil,
        files: FileExchange? = nil,
        health: Health? = nil,
        publicURL: String? = nil,
        attachments: AttachmentFiles? = nil,
        logger: Logger = Logger(label: "api") { _ in SwiftLogNoOpLogHandler() },
        _ body: @escaping @Sendable (APIFixture) async throws -> Void
    ) async throws {
        let walrus = WalrusAccess(
            aggregators: ["https://a.example"],
            publisher: "",
            epochs: 5,
            authorization: .none
        )
        let queue = JobQueue(store: try SQLiteStore(), walrus: walrus)
        let router = APIRouter.make(
            queue: queue,
            limits: limits,
            health: health ?? Health(storage: StorageCheck(store: queue.store, folder: "/")),
            publisherToken: publisherToken,
            images: images,
            files: files,
            publicURL: publicURL,
            attachments: attachments,
            logger: logger
        )
        try await withLoopbackServer(
            builder: Door(router),
            server: limits.server,
            connections: limits.connections
        ) {
            address in
            try await body(APIFixture(store: queue.store, queue: queue, address: address))
        }
    }

    /// A response: status, and the body as text.
    struct Response {
        let status: Int
        let body: String
        /// The header `Retry-After`, in seconds.
        let retryAfter: Int?
        let headers: HTTPFields
        var code: String? {
            get throws { try Wire.decode(Refusal.self, from: Array(body.utf8)).error.code }
        }
        var json: JSONValue {
            get throws { try JSONDecoder().decode(JSONValue.self, from: Data(body.utf8)) }
        }
    }

    func get(_ path: String) async throws -> Response { try await send(.get, path, .none, nil) }

    /// A request without a body.
    func ask(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:]) async throws -> Response
    {
        try await send(method, path, .none, nil, headers)
    }

    func post(
        _ path: String,
        _ body: RequestBody,
        token: Secret? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Response {
        try await send(.post, path, body, token, headers)
    }

    /// A request in any form.
    struct Request: Sendable {
        let method: HTTPRequest.Method
        let path: String
        let headers: HTTPFields
        let body: [UInt8]
    }

    /// A request of the worker of job 1 about a file.
    func file(_ method: HTTPRequest.Method, _ verb: String, _ body: RequestBody = .none, lease: Secret)
        async throws -> Response
    {
        try await send(method, "/v1/jobs/1/\(verb)", body, lease)
    }

    func send(_ request: Request) async throws -> Response {
        let body: RequestBody = request.method == .get ? .none : .bytes(request.body)
        return try await send(request.method, request.path, body, nil, request.headers)
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: RequestBody,
        _ token: Secret?,
        _ headers: HTTPFields = [:]
    ) async throws -> Response {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token.text)" }
        let (response, bytes) = try await http.send(
            address.request(method, path, headers: headers),
            body: body
        )
        return Response(
            status: response.status.code,
            body: String(decoding: bytes, as: UTF8.self),
            retryAfter: response.headerFields[.retryAfter].flatMap { Int($0) },
            headers: response.headerFields
        )
    }

    /// Inserts the topic `name` of chat 1; returns the secret of its address.
    func topic(_ name: String) async throws -> Secret {
        let secret = Secret.random()
        _ = try await store.write { transaction in
            try transaction.insertTopic(
                named: name,
                chat: 1,
                thread: 4,
                secretHash: secret.hash,
                by: 42,
                at: Date()
            )
        }
        return secret
    }

    /// The posts in the outbox, in order.
    func posts() async throws -> [TopicPost] {
        try await store.read { transaction in
            try (1...99).compactMap { try transaction.outboxMessage(OutboxID($0))?.payload }
                .map { TopicPost(payload: $0) }
        }
    }

    /// Enqueues and launches a job; returns its launch token.
    func launchedJob(
        _ work: Work = .train(TrainArguments(dataset: BlobID(bytes: Array(1...32))))
    ) async throws -> Secret {
        let token = Secret.random()
        let now = Date()
        let event = JobEvent.launched(tokenHash: token.hash, until: now + 60, deadline: now + 3_600)
        try await store.write { transaction in
            let run = try transaction.enqueueRun(
                work,
                origin: Origin(chat: 1, user: 42, userName: "Ada"),
                at: now
            )
            try transaction.transition(run.job, by: event, at: now)
        }
        return token
    }
}

extension RequestBody {
    static func text(_ text: String) -> RequestBody { .bytes(Array(text.utf8)) }
    static func json(_ value: some Encodable) throws -> RequestBody { .bytes(Array(try Wire.encode(value))) }
}
