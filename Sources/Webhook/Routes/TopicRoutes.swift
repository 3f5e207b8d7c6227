import Foundation
import HTTPTypes
import Hummingbird
import Jobs
import Store

/// The routes by which scripts post to a topic of the bot: those that ntfy has for publishing.
///
/// The response is sent after the post is stored in the outbox.
struct TopicRoutes {
    let store: SQLiteStore
    let limits: APILimits
    let secrets: RateLimiter

    /// The largest body, in bytes, that is read before the bot checks whether the topic exists.
    private static let smallBody = 64 << 10

    func add(to router: Router<APIContext>) {
        router.post(":secret", use: post)
        // `curl -T` uses PUT.
        router.put(":secret", use: post)
        // ntfy's routes for senders that can only open a URL.
        for verb in ["publish", "send", "trigger"] { router.get(":secret/\(verb)", use: post) }
        // JSON with the topic in it. A slash at the end of an address means the same, so the path may be empty.
        router.post("", use: postToRoot)
        router.put("", use: postToRoot)
    }

    @Sendable private func post(_ request: Request, context: APIContext) async throws -> Response {
        let secret = Secret(try context.parameters.require("secret"))
        try limit(secret)
        // A large body is read into memory only if the topic exists.
        let isSmall =
            request.headers[.contentLength].flatMap { Int($0) }.map { $0 <= Self.smallBody } ?? false
        if !isSmall, try await store.read({ try $0.topic(secretHash: secret.hash) }) == nil {
            try await request.discardBody(upTo: limits.body, within: limits.bodyTime)
            throw WebhookError.unknownTopic
        }
        return try await respond(to: fields(of: request), of: request, to: secret)
    }

    @Sendable private func postToRoot(_ request: Request, context: APIContext) async throws -> Response {
        var fields = try await fields(of: request)
        guard let secret = fields.topic.map(Secret.init) else { throw WebhookError.noTopic }
        fields.topic = nil
        try limit(secret)
        return try await respond(to: fields, of: request, to: secret)
    }

    private func limit(_ secret: Secret) throws {
        if let seconds = secrets.wait(for: secret.hash, at: limits.now()) {
            throw WebhookError.tooOften(retryAfter: seconds)
        }
    }

    /// What headers, query and body say.
    private func fields(of request: Request) async throws -> PostFields {
        // Headers that cannot be read are refused only when the body was received, so that its sender can hear it.
        let fields = Result { try PostFields(headers: request.headers, query: request.uri.query) }
        let bytes = try await request.unpackedBytes(upTo: limits.body, within: limits.bodyTime)
        var post = try fields.get()
        try post.read(bytes, type: request.headers[.contentType])
        return post
    }

    private func respond(to fields: PostFields, of request: Request, to secret: Secret) async throws
        -> Response
    {
        guard fields.file == nil else { throw WebhookError.notText }
        let fields = fields.hiding(secret.text)
        let key = try request.headers[.idempotencyKey].flatMap { $0.isEmpty ? nil : $0 }.map {
            PostKey(keyHash: Secret($0).hash, contentHash: try fields.digest)
        }
        let (id, post) = try await store(fields, key: key, forTopicWith: secret.hash, at: limits.now())
        return try Response.json(PostAnswer(post, id: id, at: limits.now()))
    }

    /// Stores the post, unless the same post was stored with the same idempotency key before.
    private func store(_ fields: PostFields, key: PostKey?, forTopicWith secret: Data, at now: Date)
        async throws -> (PostID, TopicPost)
    {
        try await store.write { transaction in
            guard let topic = try transaction.topic(secretHash: secret) else {
                throw WebhookError.unknownTopic
            }
            let post = fields.post(to: topic.name)
            if let key, let former = try transaction.former(key, ofTopic: topic.id) {
                guard case .same(let id) = former else { throw WebhookError.otherPost }
                return (id ?? PostID(rawValue: 0), post)
            }
            let id = try transaction.accept(post, to: topic, at: now)
            if let key { try transaction.insert(key, of: id, toTopic: topic.id, at: now) }
            return (id, post)
        }
    }
}

extension HTTPField.Name {
    fileprivate static var idempotencyKey: Self {
        guard let name = Self("Idempotency-Key") else { preconditionFailure("a valid header name") }
        return name
    }
}
