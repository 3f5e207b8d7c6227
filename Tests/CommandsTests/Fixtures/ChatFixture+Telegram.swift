import Commands
import Contract
import HTTP
import Store
import Support
import Telegram
import Testing

extension ChatFixture where Surface == TelegramSurface {
    /// Calls `body` with a bot whose courier delivers to a strict Telegram fake, and with what the bot logs.
    static func withTelegram(
        _ body: @escaping @Sendable (ChatFixture, BotAPIFake, LogRecorder) async throws -> Void
    ) async throws {
        let (telegram, log) = (BotAPIFake(), LogRecorder())
        try await withLoopbackServer(telegram.router) { server in
            let api = BotAPI(token: try BotToken(BotAPIFake.token), server: server)
            let surface = TelegramSurface(api: api, logger: log.logger)
            try await body(ChatFixture(surface: surface, logger: log.logger), telegram, log)
        }
    }

    /// Enqueues the first message of the outbox, delivers it once, and returns its row.
    func deliver(
        _ text: HTMLText,
        chat: ChatID = 42,
        topic: ThreadID? = nil,
        replyTo: MessageID? = nil
    ) async throws -> OutboxMessage {
        try await store.write {
            try $0.enqueue(.reply(Answer(text, replyTo: replyTo), chat: chat, thread: topic, at: noon))
        }
        await courier.deliverDue()
        return try #require(try await store.read { try $0.outboxMessage(1) })
    }
}
