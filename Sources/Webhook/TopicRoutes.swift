import Foundation
import HTTPTypes
import Hummingbird
import Jobs
import Store

/// Where any script posts a notification: answered once it is stored, said in the chat soon after.
struct TopicRoutes {
    let store: SQLiteStore
    let limits: DoorLimits
    let secrets: RateLimiter

    /// In bytes; the topic of such a body is looked up once, in the transaction that stores it.
    private static let smallBody = 64 << 10

    func add(to router: Router<DoorContext>) {
        router.post(":secret", use: post)
        // As `curl -T` sends files.
        router.put(":secret", use: post)
    }

    @Sendable private func post(_ request: Request, context: DoorContext) async throws -> Response {
        let secret = Secret(try context.parameters.require("secret")).hash
        if let seconds = secrets.take(secret, at: limits.now()) {
            throw WebhookError.tooOften(retryAfter: seconds)
        }
        // Whoever has no address does not get to fill the memory either.
        let isSmall =
            request.headers[.contentLength].flatMap { Int($0) }.map { $0 <= Self.smallBody } ?? false
        if !isSmall, try await store.read({ try $0.topic(secretHash: secret) }) == nil {
            try await request.discardBody(upTo: limits.body, within: limits.bodyTime)
            throw WebhookError.unknownTopic
        }
        let bytes = try await request.bytes(upTo: limits.body, within: limits.bodyTime)
        let post = NotificationBody(bytes, headers: request.headers)
        let key = request.headers[.idempotencyKey].flatMap { $0.isEmpty ? nil : Secret($0).hash }
        try await keep(post, key: key, forTopicWith: secret, at: Date())
        return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "Notification sent")))
    }

    /// Stores the post in the transaction that finds its topic; one whose key is known already was stored before.
    private func keep(_ post: NotificationBody, key: Data?, forTopicWith secret: Data, at now: Date)
        async throws
    {
        try await store.write { transaction in
            guard let topic = try transaction.topic(secretHash: secret) else {
                throw WebhookError.unknownTopic
            }
            guard !post.text.isEmpty else { throw WebhookError.emptyBody }
            if let key, try !transaction.note(postKey: key, ofTopic: topic, at: now) { return }
            let notification = post.notification(of: topic.name)
            try transaction.enqueue(
                OutboxMessage(
                    chatID: topic.chatID,
                    threadID: topic.threadID,
                    kind: .notification,
                    payload: try notification.payload,
                    createdAt: now
                )
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
