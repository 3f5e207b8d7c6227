import Commands
import Contract
import Foundation
import Jobs
import Logging
import Store
import Synchronization
import Telegram
import Testing

/// The time at which every test starts: 2026-09-21 14:13:20 UTC.
let noon = Date(timeIntervalSince1970: 1_790_000_000)

/// A bot in a test: a store, a conversation that handles updates, and a courier that delivers to a surface.
///
/// Its clock stands at ``noon`` until the test advances it. User 42, Ada, owns the bot.
final class ChatFixture<Surface: ChatSurface>: Sendable {
    let store: SQLiteStore
    let conversation: Conversation
    let courier: Courier
    let surface: Surface
    private let policy: ChatPolicy
    private let clock: TestClock
    private let lastUpdate = Mutex(UpdateID(0))

    init(
        surface: Surface,
        policy: ChatPolicy = .test,
        painter: (any Painter)? = nil,
        kept: KeptLimits = KeptLimits(),
        logger: Logger = .silent
    ) throws {
        (store, clock) = (try SQLiteStore(), TestClock())
        (self.surface, self.policy) = (surface, policy)
        conversation = Conversation(store: store, policy: policy)
        courier = Courier(
            store: store,
            surface: surface,
            policy: policy,
            painter: painter,
            kept: kept,
            logger: logger,
            now: { [clock] in clock.now }
        )
    }

    var now: Date { clock.now }

    func advance(by seconds: TimeInterval) { clock.advance(by: seconds) }

    // MARK: - Updates

    /// Handles a text of a person; returns the texts of the new answers.
    ///
    /// For a message that is no answer, the text is its kind, such as `liveMessage`.
    @discardableResult
    func send(_ text: String, user: UserID = 42, chat: ChatID = 42, message: MessageID = 5) async throws
        -> [String]
    {
        try await handle(.text(text), user: user, chat: chat, message: message).answers
    }

    /// Handles the press of a button.
    func press(_ data: String, user: UserID = 42, chat: ChatID = 42) async throws -> Toast? {
        try await handle(.press(data: data, query: "q"), user: user, chat: chat, message: 6).toast
    }

    @discardableResult
    func handle(
        _ content: ChatUpdate.Content,
        user: UserID = 42,
        chat: ChatID = 42,
        message: MessageID = 5,
        update: UpdateID? = nil,
        changing change: (inout ChatUpdate) -> Void = { _ in }
    ) async throws -> (toast: Toast?, answers: [String]) {
        let last = try await outbox().last?.id
        var update = ChatUpdate(
            id: update ?? nextUpdate(),
            chat: chat,
            isPrivate: !chat.isGroup,
            message: message,
            user: user,
            userName: "Ada",
            content: content
        )
        change(&update)
        let toast = try await conversation.handle(update, now: now)
        let new = try await outbox().filter { message in last.map { message.id > $0 } ?? true }
        return (toast, try new.map { try Self.text(of: $0) })
    }

    func nextUpdate() -> UpdateID {
        lastUpdate.withLock {
            $0 = $0.next
            return $0
        }
    }

    private static func text(of message: OutboxMessage) throws -> String {
        guard message.kind == .reply, let payload = message.payload else { return "\(message.kind)" }
        return try Wire.decode(Answer.self, from: Array(payload.utf8)).text.plain
    }

    // MARK: - Rows

    func addMember(_ user: UserID, as role: Role, name: String = "Grace") async throws {
        try await store.write { try $0.save(Member(userID: user, role: role, name: name, addedAt: noon)) }
    }

    func outbox() async throws -> [OutboxMessage] {
        try await store.read { transaction in
            try (1...199).compactMap { try transaction.outboxMessage(OutboxID($0)) }
        }
    }

    func runs(chat: ChatID = 42) async throws -> [Run] {
        try await store.read { try $0.runs(ofChat: chat, limit: 99) }
    }

    func openJobs() async throws -> [Job] { try await store.read { try $0.openJobs() } }

    func enqueueTraining(chat: ChatID = 42, userName: String = "Ada") async throws {
        let origin = Origin(chat: chat, user: 42, userName: userName)
        let work = Work.train(TrainArguments(dataset: .iris))
        _ = try await store.write { try $0.enqueueRun(work, origin: origin, at: noon) }
    }

    /// Reports events of the run's worker, which claims the job first.
    func report(_ events: WorkerEvent..., run: RunID = 1, retryAfter: Duration = .zero) async throws {
        try await report(events, run: run, retryAfter: retryAfter)
    }

    func report(_ events: [WorkerEvent], run: RunID, retryAfter: Duration = .zero) async throws {
        let run = try await store.read { try $0.run(run) }
        try await report(events, job: try #require(run).job, retryAfter: retryAfter)
    }

    func report(_ events: [WorkerEvent], job: Job, retryAfter: Duration = .zero) async throws {
        try await store.write { [now] transaction in
            var job = job
            if job.state != .running {
                let launched = JobEvent.launched(
                    tokenHash: Data([1]),
                    until: now + 60,
                    deadline: now + 86_400
                )
                let claimed = JobEvent.claimed(leaseTokenHash: Data([2]), until: now + 60)
                job = try transaction.transition(job, by: launched, at: now)
                job = try transaction.transition(job, by: claimed, at: now)
            }
            for event in events {
                let reported = JobEvent.reported(event, number: 1, retryAfter: retryAfter)
                job = try transaction.transition(job, by: reported, at: now)
            }
        }
    }

    /// The bot learns the price of a rented machine; nil: it does not.
    func setPrice(_ dollars: Double?) async {
        await Pricer(store: store, logger: .silent) { dollars }.priceWaitingJobs(now: now)
    }

    // MARK: - Messages

    func enqueue(_ texts: String..., chat: ChatID = 1) async throws {
        for text in texts {
            try await store.write { try $0.enqueue(.reply(Answer(.plain(text)), chat: chat, at: noon)) }
        }
    }

    func enqueue(_ post: TopicPost, chat: ChatID) async throws {
        try await store.write { [now] in try $0.enqueue(NewMessage(.post(post), chat: chat, createdAt: now)) }
    }

    /// Advances the clock, then delivers until no message is due.
    func deliver(after seconds: TimeInterval = 0) async {
        advance(by: seconds)
        for _ in 0..<20 { await courier.deliverDue() }
    }

    /// Renders the message from the present rows.
    func render(_ message: OutboxMessage) async throws -> RenderedMessage? {
        try await store.write { [policy, now] in
            try Renderer(in: $0, policy: policy, now: now).render(message)
        }
    }

    func state(of message: OutboxID) async throws -> OutboxMessage.State? {
        try await store.read { try $0.outboxMessage(message)?.state }
    }
}

/// A clock that only the test advances.
private final class TestClock: Sendable {
    private let time = Mutex(noon)
    var now: Date { time.withLock { $0 } }
    func advance(by seconds: TimeInterval) { time.withLock { $0 += seconds } }
}
