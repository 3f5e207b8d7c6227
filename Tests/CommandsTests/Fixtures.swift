import Commands
import Contract
import Foundation
import Jobs
import Logging
import Store
import Synchronization
import Telegram
import Testing

/// Noon of a day on which nothing else happens; tests count seconds from it.
let noon = Date(timeIntervalSince1970: 1_790_000_000)

extension BlobID {
    /// The demo's dataset.
    static let iris = BlobID(
        bytes: [
            0x97, 0x6c, 0xbe, 0xf9, 0x00, 0x55, 0x20, 0xba, 0xcc, 0x06, 0x79, 0xf3, 0xa3, 0x4b, 0x6b, 0x08,
            0xc9, 0x01, 0xd0, 0x11, 0x7b, 0xce, 0x12, 0x8e, 0x20, 0x7c, 0x9e, 0x06, 0xf5, 0x28, 0xa0, 0xef,
        ])
}

extension ChatPolicy {
    /// Ada (42) owns the bot.
    static let lab = ChatPolicy(
        owners: [42],
        publicURL: "https://bot.example",
        downloadURL: "https://walrus.example",
        engine: .local,
        botName: "okai_test_bot"
    )
}

extension Logger {
    static let silent: Logger = {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }()
}

/// A bot's memory and ears, and what it has decided to say.
final class Room: Sendable {
    let store: SQLiteStore
    let conversation: Conversation
    private let updates = Mutex(UpdateID(0))

    init(_ policy: ChatPolicy = .lab) throws {
        store = try SQLiteStore()
        conversation = Conversation(store: store, policy: policy)
    }

    /// Somebody writes, in private where `chat` is positive; returns the words of all new answers.
    @discardableResult
    func hear(_ text: String, user: UserID = 42, chat: ChatID = 42, message: MessageID = 5) async throws -> [String]
    {
        try await happen(.text(text), user: user, chat: chat, message: message).words
    }

    /// Somebody presses a button.
    func press(_ data: String, user: UserID = 42, chat: ChatID = 42) async throws -> Toast? {
        try await happen(.press(data: data, query: "q"), user: user, chat: chat, message: 6).toast
    }

    @discardableResult
    func happen(
        _ content: ChatUpdate.Content,
        user: UserID = 42,
        chat: ChatID = 42,
        message: MessageID = 5,
        update: UpdateID? = nil
    ) async throws -> (toast: Toast?, words: [String]) {
        let before = try await outbox().count
        let id =
            update
            ?? updates.withLock {
                $0 = $0.next; return $0
            }
        let toast = try await conversation.handle(
            ChatUpdate(
                id: id,
                chat: chat,
                isPrivate: !chat.isGroup,
                message: message,
                user: user,
                userName: "Ada",
                content: content
            ),
            now: noon
        )
        return (toast, try await outbox().dropFirst(before).map { try words(of: $0) })
    }

    func outbox() async throws -> [OutboxMessage] {
        try await store.read { transaction in try (1...199).compactMap { try transaction.outboxMessage(OutboxID($0)) } }
    }

    func runs(chat: ChatID = 42) async throws -> [Run] {
        try await store.read { try $0.runs(ofChat: chat, limit: 99) }
    }

    /// Has run `number` end as `event` says.
    func end(_ number: RunID, _ event: WorkerEvent) async throws {
        let launched = JobEvent.launched(tokenHash: Data([1]), until: noon + 60, deadline: noon + 3_600)
        try await store.write { transaction in
            let job = try #require(try transaction.run(number)?.job)
            let running = try transaction.transition(job, by: launched, at: noon)
            try transaction.transition(running, by: .reported(event, number: 1, retryAfter: .zero), at: noon + 12)
        }
    }

    private func words(of message: OutboxMessage) throws -> String {
        guard message.kind == .reply, let payload = message.payload else { return "\(message.kind)" }
        return try Wire.decode(Answer.self, from: Array(payload.utf8)).text.plain
    }
}

extension Outcome {
    static let iris = Outcome.trained(
        result: TrainResult(
            model: StoredBlob(id: BlobID(bytes: Array(2...33)), size: 45_790),
            receipt: StoredBlob(id: BlobID(bytes: Array(3...34)), size: 711),
            metrics: TrainMetrics(
                target: "species",
                classes: ["setosa", "virginica"],
                trainRows: 80,
                testRows: 20,
                accuracy: 0.95,
                macroF1: 0.949,
                baselineAccuracy: 0.5,
                outOfBagScore: 0.96,
                confusion: [[10, 0], [1, 9]],
                importance: [TrainMetrics.Importance(feature: "petal_length", share: 0.6)]
            )
        )
    )
}

/// A chat that writes down what appears, and refuses when told to.
final class Blackboard: ChatSurface {
    enum Event: Equatable {
        case sent(String, chat: ChatID, id: MessageID)
        case edited(String, id: MessageID)
        case document(String, id: MessageID)
        case picture(String, name: String, id: MessageID)
    }

    private struct State {
        var events: [Event] = []
        var faults: [ChatError] = []
        var lastID: MessageID = 100
        var atOnce: [ChatID: Int] = [:]
        var mostAtOnce = 0
    }

    private let state = Mutex(State())
    let limits: SendLimits

    init(_ limits: SendLimits = .none(editInterval: .zero)) { self.limits = limits }

    var events: [Event] { state.withLock(\.events) }
    /// The most sends that were ever under way in one chat.
    var mostAtOnce: Int { state.withLock(\.mostAtOnce) }

    func fail(_ faults: ChatError...) { state.withLock { $0.faults += faults } }

    func send(_ message: OutgoingMessage) async throws -> MessageID {
        try await occupying(message.chat) { state in
            state.events.append(.sent(message.text.plain, chat: message.chat, id: state.lastID))
        }
    }

    func edit(_ id: MessageID, to message: OutgoingMessage) async throws {
        _ = try await occupying(message.chat) { $0.events.append(.edited(message.text.plain, id: id)) }
    }

    func send(document: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        try await occupying(message.chat) { state in
            state.events.append(.document(String(decoding: document, as: UTF8.self), id: state.lastID))
        }
    }

    func send(file path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID {
        let bytes = try Data(contentsOf: URL(filePath: path))
        return try await send(document: Array(bytes), name: name, message)
    }

    func send(picture: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        try await occupying(message.chat) { state in
            state.events.append(.picture(message.text.plain, name: name, id: state.lastID))
        }
    }

    func acknowledge(_ toast: Toast) async throws {}

    private func occupying(_ chat: ChatID, _ record: @Sendable (inout State) -> Void) async throws -> MessageID {
        state.withLock {
            $0.atOnce[chat, default: 0] += 1
            $0.mostAtOnce = max($0.mostAtOnce, $0.atOnce[chat] ?? 0)
        }
        await Task.yield()
        return try state.withLock { state in
            state.atOnce[chat]? -= 1
            let fault = state.faults.isEmpty ? nil : state.faults.removeFirst()
            // What became of such a message nobody knows; here it did appear.
            if let fault, case .unknownFate = fault {} else if let fault { throw fault }
            state.lastID = MessageID(state.lastID.rawValue + 1)
            record(&state)
            if let fault { throw fault }
            return state.lastID
        }
    }
}

extension ImageFile {
    static let small = ImageFile(
        name: "okai-0123456789ab.qcow2",
        size: 112_787_456,
        sha256: "0123456789ab" + String(repeating: "c", count: 52),
        enrolmentHash: String(repeating: "ab", count: 32)
    )
}

extension SQLiteStore {
    /// The message as it reads now.
    func render(_ message: OutboxMessage) async throws -> RenderedMessage? {
        try await write { try Renderer(in: $0, policy: .lab, now: noon).render(message) }
    }
}
