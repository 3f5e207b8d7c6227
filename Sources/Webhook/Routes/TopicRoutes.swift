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
    /// Nil if the bot stores no files.
    var files: AttachmentFiles?

    /// The largest body, in bytes, that is read before the bot checks whether the topic exists.
    private static let smallBody = 64 << 10

    func add(to router: Router<APIContext>) {
        router.post(":secret") { try await post($0, context: $1) }
        // `curl -T` uses PUT.
        router.put(":secret") { try await post($0, context: $1) }
        // ntfy's routes for senders that can only open a URL.
        for verb in ["publish", "send", "trigger"] {
            router.get(":secret/\(verb)") { try await post($0, context: $1) }
        }
        // JSON with the topic in it. A slash at the end of an address means the same, so the path may be empty.
        router.post("", use: postToRoot)
        router.put("", use: postToRoot)
    }

    /// Stores a post to the topic in the path; `sequence` is the name of the message, if the path has one.
    func post(_ request: Request, context: APIContext, sequence: String? = nil) async throws -> Response {
        let secret = try secret(in: context)
        let head = head(of: request)
        let isUpload = (try? head.get())?.isUpload ?? false
        // A large body or a file is received only if the topic exists.
        let isSmall =
            request.headers[.contentLength].flatMap { Int($0) }.map { $0 <= Self.smallBody } ?? false
        if isUpload || !isSmall, try await !isTopic(secret) {
            try await request.discardBody(upTo: max(limits.body, files?.limit ?? 0), within: limits.bodyTime)
            throw WebhookError.unknownTopic
        }
        let receiver = PostReceiver(limits: limits, files: files)
        let body = try await receiver.receive(request, isUpload: isUpload)
        return try await receiver.keeping(body.file) {
            var fields = try head.get()
            switch body {
            case .file(let stored): fields.stored = stored
            case .form(let stored):
                try receiver.read(stored, type: request.headers[.contentType], into: &fields)
            case .bytes(let bytes): try fields.read(bytes, type: request.headers[.contentType])
            }
            fields.sequence = sequence ?? fields.sequence
            return try await respond(to: fields, of: request, to: secret)
        }
    }

    /// The secret in the path, if it was not used too often.
    func secret(in context: APIContext) throws -> Secret {
        let secret = Secret(try context.parameters.require("secret"))
        try limit(secret)
        return secret
    }

    @Sendable private func postToRoot(_ request: Request, context: APIContext) async throws -> Response {
        let head = head(of: request)
        let bytes = try await request.unpackedBytes(upTo: limits.body, within: limits.bodyTime)
        var fields = try head.get()
        try fields.read(bytes, type: request.headers[.contentType])
        guard let secret = fields.topic.map(Secret.init) else { throw WebhookError.noTopic }
        fields.topic = nil
        try limit(secret)
        return try await respond(to: fields, of: request, to: secret)
    }

    private func isTopic(_ secret: Secret) async throws -> Bool {
        try await store.read { try $0.topic(secretHash: secret.hash) } != nil
    }

    private func limit(_ secret: Secret) throws {
        if let seconds = secrets.wait(for: secret.hash, at: limits.now()) {
            throw WebhookError.tooOften(retryAfter: seconds)
        }
    }

    /// What headers and query say.
    ///
    /// If they cannot be read, the request is refused only when its body was received, so that its sender can hear it.
    private func head(of request: Request) -> Result<PostFields, any Error> {
        Result { try PostFields(headers: request.headers, query: request.uri.query) }
    }

    private func respond(to fields: PostFields, of request: Request, to secret: Secret) async throws
        -> Response
    {
        var fields = fields.hiding(secret.text)
        if let sequence = fields.sequence { fields.sequence = try SequenceID.check(sequence) }
        let receiver = PostReceiver(limits: limits, files: files)
        if let file = fields.file {
            // Nobody without an address can make the disk work.
            guard try await isTopic(secret) else { throw WebhookError.unknownTopic }
            fields.stored = try receiver.store(file.bytes)
        }
        return try await receiver.keeping(fields.stored) { [fields] in
            try await store(fields, of: request, to: secret)
        }
    }

    private func store(_ fields: PostFields, of request: Request, to secret: Secret) async throws -> Response
    {
        let key = try request.headers[.idempotencyKey].flatMap { $0.isEmpty ? nil : $0 }.map {
            PostKey(keyHash: Secret($0).hash, contentHash: try fields.digest)
        }
        let (id, post, due) = try await store(fields, key: key, forTopicWith: secret.hash, at: limits.now())
        if due == nil, let file = fields.stored { files?.remove(file.name) }
        return try Response.json(PostAnswer(post, id: id, at: due ?? limits.now()))
    }

    /// Stores the post, unless the same post was stored with the same idempotency key before.
    ///
    /// - Returns: also the time at which the post is sent; nil if it was stored before.
    private func store(_ fields: PostFields, key: PostKey?, forTopicWith secret: Data, at now: Date)
        async throws -> (PostID, TopicPost, due: Date?)
    {
        try await store.write { transaction in
            guard let topic = try transaction.topic(secretHash: secret) else {
                throw WebhookError.unknownTopic
            }
            let post = fields.post(to: topic.name)
            if let key, let former = try transaction.former(key, ofTopic: topic.id) {
                guard case .same(let id) = former else { throw WebhookError.otherPost }
                return (id ?? PostID(rawValue: 0), post, nil)
            }
            let due = try fields.delay.map { try DelayTime($0, now: now).date }
            let id = try transaction.accept(post, to: topic, due: due, at: now)
            if let key { try transaction.insert(key, of: id, toTopic: topic.id, at: now) }
            return (id, post, due ?? now)
        }
    }
}

extension HTTPField.Name {
    fileprivate static var idempotencyKey: Self {
        guard let name = Self("Idempotency-Key") else { preconditionFailure("a valid header name") }
        return name
    }
}
