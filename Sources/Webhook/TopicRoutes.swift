import Contract
import Foundation
import Hummingbird
import Jobs
import Store

/// Where any script posts a notification: answered once it is stored, said in the chat soon after.
struct TopicRoutes {
    let store: SQLiteStore
    let bodyLimit: Int

    func add(to router: Router<WebhookRouter.Context>) {
        router.post(":secret", use: post)
    }

    @Sendable private func post(_ request: Request, context: WebhookRouter.Context) async throws -> Response {
        let secret = Secret(try context.parameters.require("secret"))
        let topic = try await store.read { try $0.topic(secretHash: secret.hash) }
        guard let topic else { throw WebhookError.unknownTopic }
        let text = NotificationBody.text(of: try await request.bytes(upTo: bodyLimit))
        guard !text.isEmpty else { throw WebhookError.emptyBody }
        try await keep(Notification(topic: topic.name, text: text), for: topic, at: Date())
        return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "Notification sent")))
    }

    private func keep(_ notification: Store.Notification, for topic: Topic, at now: Date) async throws {
        let payload = String(decoding: try Wire.encode(notification), as: UTF8.self)
        try await store.write { transaction in
            try transaction.enqueue(
                OutboxMessage(
                    chatID: topic.chatID,
                    threadID: topic.threadID,
                    kind: .notification,
                    payload: payload,
                    createdAt: now
                )
            )
        }
    }
}
