import Commands
import Contract
import Foundation
import Jobs
import Logging
import Store
import Synchronization
import Telegram
import Testing

/// A courier between a store and a blackboard, with a watch that the test sets.
final class Post: Sendable {
    let store: SQLiteStore
    let board: Blackboard
    let courier: Courier
    private let watch: Watch

    /// The time that it is, for all who look.
    private final class Watch: Sendable {
        let time = Mutex(noon)
    }

    init(
        _ limits: SendLimits = .none(editInterval: .zero),
        store: SQLiteStore? = nil,
        policy: ChatPolicy = .lab,
        painter: (any Painter)? = nil
    )
        throws
    {
        (self.store, board, watch) = (try store ?? SQLiteStore(), Blackboard(limits), Watch())
        courier = Courier(
            store: self.store,
            surface: board,
            policy: policy,
            painter: painter,
            logger: .silent,
            now: { [watch] in watch.time.withLock { $0 } }
        )
    }

    func write(_ words: String..., chat: ChatID = 1) async throws {
        for word in words {
            try await store.write { try $0.enqueue(.reply(Answer(.plain(word)), chat: chat, at: noon)) }
        }
    }

    /// Has a script post to a topic of the chat.
    func post(_ words: String, chat: ChatID) async throws {
        let post = TopicPost(topic: "ci", text: words)
        try await store.write { try $0.enqueue(NewMessage(.post(post), chat: chat, createdAt: noon)) }
    }

    /// Lets `seconds` pass, and goes round until nothing is left to do then.
    func deliver(after seconds: TimeInterval = 0) async {
        watch.time.withLock { $0 += seconds }
        for _ in 0..<20 { await courier.deliverDue() }
    }

    var texts: [String] {
        board.events.map { event in
            switch event {
            case .sent(let text, _, _), .edited(let text, _), .document(let text, _),
                .picture(let text, _, _):
                text
            }
        }
    }

    func state(_ id: OutboxID) async throws -> OutboxMessage.State? {
        try await store.read { try $0.outboxMessage(id)?.state }
    }
}
