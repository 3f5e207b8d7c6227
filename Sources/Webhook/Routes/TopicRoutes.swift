import Foundation
import HTTPTypes
import Hummingbird
import Jobs
import Store

/// The routes by which scripts post to a topic of the bot.
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
    }

    @Sendable private func post(_ request: Request, context: APIContext) async throws -> Response {
        let secret = Secret(try context.parameters.require("secret")).hash
        if let seconds = secrets.wait(for: secret, at: limits.now()) {
            throw WebhookError.tooOften(retryAfter: seconds)
        }
        // A large body is read into memory only if the topic exists.
        let isSmall =
            request.headers[.contentLength].flatMap { Int($0) }.map { $0 <= Self.smallBody } ?? false
        if !isSmall, try await store.read({ try $0.topic(secretHash: secret) }) == nil {
            try await request.discardBody(upTo: limits.body, within: limits.bodyTime)
            throw WebhookError.unknownTopic
        }
        let bytes = try await request.bytes(upTo: limits.body, within: limits.bodyTime)
        let post = PostBody(bytes, headers: request.headers)
        let key = request.headers[.idempotencyKey].flatMap { $0.isEmpty ? nil : Secret($0).hash }
        try await store(post, key: key, forTopicWith: secret, at: Date())
        return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "Notification sent")))
    }

    /// Stores the post, unless a post with the same idempotency key was stored before.
    private func store(_ post: PostBody, key: Data?, forTopicWith secret: Data, at now: Date)
        async throws
    {
        try await store.write { transaction in
            guard let topic = try transaction.topic(secretHash: secret) else {
                throw WebhookError.unknownTopic
            }
            guard !post.text.isEmpty else { throw WebhookError.emptyBody }
            if let key, try !transaction.insert(postKey: key, ofTopic: topic.id, at: now) { return }
            let content = NewMessage.Content.post(post.post(to: topic.name))
            try transaction.enqueue(
                NewMessage(content, chat: topic.chatID, thread: topic.threadID, createdAt: now)
            )
        }
    }
}

extension HTTPField.Name {
    fileprivate static var idempotencyKey: Self {
        guard let name = Self("Idempotency-Key") else { preconditionFailure("a valid header name") }
        return name
    }
}
