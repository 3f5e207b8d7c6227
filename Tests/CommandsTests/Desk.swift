import Commands
import Contract
import HTTP
import Jobs
import Store
import Support
import Telegram
import Testing

/// A courier before a fake Telegram.
struct Desk: Sendable {
    let store: SQLiteStore
    let fake: BotAPIFake
    let surface: TelegramSurface
    let courier: Courier
    let book: LogRecorder

    static func open(_ body: @escaping @Sendable (Desk) async throws -> Void) async throws {
        let (fake, book) = (BotAPIFake(), LogRecorder())
        try await withLoopbackServer(fake.router) { server in
            let store = try SQLiteStore()
            let api = BotAPI(token: try BotToken(BotAPIFake.token), server: server)
            let surface = TelegramSurface(api: api, logger: book.logger)
            let courier = Courier(
                store: store,
                surface: surface,
                policy: .lab,
                logger: book.logger,
                now: { noon }
            )
            try await body(Desk(store: store, fake: fake, surface: surface, courier: courier, book: book))
        }
    }

    /// Has `text` said, and returns what became of its row.
    func send(_ text: HTMLText, chat: ChatID = 42, topic: ThreadID? = nil, replyTo: MessageID? = nil) async throws
        -> OutboxMessage
    {
        try await store.write {
            try $0.enqueue(.reply(Answer(text, replyTo: replyTo), chat: chat, thread: topic, at: noon))
        }
        await courier.deliverDue()
        return try #require(try await store.read { try $0.outboxMessage(1) })
    }

    func startRun() async throws {
        let origin = Origin(chat: 42, user: 42, userName: "Ada")
        let work = Work.train(TrainArguments(dataset: .iris))
        _ = try await store.write { try $0.enqueueRun(work, origin: origin, at: noon) }
    }

    func refreshRun() async throws {
        try await store.write { transaction in
            let run = try #require(try transaction.run(1))
            try transaction.scheduleLiveMessage(of: run, urgently: true, at: noon)
        }
    }
}
