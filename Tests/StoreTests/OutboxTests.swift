import Contract
import Foundation
import Store
import Testing

@Suite("The outbox")
struct OutboxTests {
    @Test("a message waits for the one before it in its chat, not for other chats")
    func order() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            for (text, chat) in [("a1", 1), ("a2", 1), ("b1", 2)] as [(String, ChatID)] {
                try transaction.enqueue(.reply(text, chat: chat))
            }
        }
        #expect(try await due(store) == ["a1", "b1"])
        try await change(1, in: store) { $0.state = .sending }
        #expect(try await due(store) == ["b1"])
        try await change(1, in: store) { $0.state = .sent }
        #expect(try await due(store) == ["a2", "b1"])
    }

    @Test("a delayed reply delays the messages after it; a delayed live message does not")
    func waiting() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            try transaction.enqueue(.reply("first"))
            try transaction.enqueue(.reply("second"))
        }
        try await change(1, in: store) { $0.notBefore = noon + 30 }
        #expect(try await due(store) == [])
        #expect(try await due(store, at: noon + 31) == ["first"])
        try await change(1, in: store) { $0.urgency = .live }
        #expect(try await due(store) == ["second"])
    }

    @Test("a reply goes before a live message")
    func urgency() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            let run = try transaction.insertRun()
            try transaction.scheduleLiveMessage(of: run, at: noon)
            try transaction.enqueue(.reply("answer"))
        }
        #expect(try await store.read { try $0.dueMessages(now: noon) }.map(\.kind) == [.reply])
    }

    @Test(
        "posts wait for replies and live messages, and keep their order when the first is delayed"
    )
    func flood() async throws {
        let store = try SQLiteStore()
        @Sendable func post(_ text: String) -> NewMessage {
            NewMessage(.post(TopicPost(topic: "ci", text: text)), chat: 1, createdAt: noon)
        }
        try await store.write { transaction in
            for number in 1...3 { try transaction.enqueue(post("post \(number)")) }
            try transaction.scheduleLiveMessage(of: try transaction.insertRun(), at: noon)
            try transaction.enqueue(.reply("answer"))
        }
        for expected in [OutboxMessage.Kind.reply, .liveMessage, .post] {
            let first = try #require(try await store.read { try $0.dueMessages(now: noon) }.first)
            #expect(first.kind == expected)
            guard first.kind != .post else { break }
            try await change(first.id, in: store) { $0.state = .sent }
        }
        try await change(1, in: store) { $0.notBefore = noon + 30 }
        #expect(try await due(store) == [])
        #expect(try await due(store, at: noon + 31) == ["ci\npost 1"])
    }

    @Test("many changes of a run enqueue one edit of its live message")
    func coalesced() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            let run = try transaction.insertRun()
            for second in 0..<50 { try transaction.scheduleLiveMessage(of: run, at: noon + Double(second)) }
        }
        #expect(try await store.read { try $0.openMessageCount() } == 1)
        // A change while the edit is being sent enqueues one more.
        try await change(1, in: store) { $0.state = .sending }
        try await store.write { transaction in
            let run = try #require(try transaction.run(1))
            for _ in 0..<3 { try transaction.scheduleLiveMessage(of: run, urgently: true, at: noon) }
        }
        #expect(try await store.read { try $0.openMessageCount() } == 2)
        #expect(try await store.read { try $0.hasPendingLiveMessage(ofRun: 1) })
    }

    @Test("a run can have one end message")
    func endedOnce() async throws {
        let store = try SQLiteStore()
        let ended = NewMessage(.ended(5), chat: 1, createdAt: noon)
        try await store.write { try $0.enqueue(ended) }
        await #expect(throws: (any Error).self) { try await store.write { try $0.enqueue(ended) } }
        #expect(try await store.read { try $0.openMessageCount() } == 1)
    }

    @Test("a message whose send has no answer is sent again after two crashes, and then counts as sent")
    func recovery() async throws {
        let store = try SQLiteStore()
        try await store.write { try $0.enqueue(.reply("maybe")) }
        for expected in [OutboxMessage.State.pending, .pending, .sent] {
            try await change(1, in: store) { $0.state = .sending }
            try await store.write { try $0.recoverSending() }
            #expect(try await store.read { try $0.outboxMessage(1) }?.state == expected)
        }
    }

    @Test("after a crash a live message is sent again, unless another edit waits")
    func liveMessageRecovery() async throws {
        let store = try SQLiteStore()
        let run = try await store.write { transaction in
            let run = try transaction.insertRun()
            try transaction.scheduleLiveMessage(of: run, at: noon)
            return run
        }
        try await change(1, in: store) { $0.state = .sending }
        try await store.write { try $0.recoverSending() }
        #expect(try await store.read { try $0.outboxMessage(1) }?.state == .pending)
        try await change(1, in: store) { $0.state = .sending }
        try await store.write { transaction in
            try transaction.scheduleLiveMessage(of: run, at: noon)
            try transaction.recoverSending()
        }
        #expect(try await store.read { try $0.outboxMessage(1) }?.state == .sent)
        #expect(try await store.read { try $0.outboxMessage(2) }?.state == .pending)
    }

    @Test("a zero byte in a text is saved as ␀")
    func zero() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            try transaction.enqueue(.reply("before\u{0}after"))
            try transaction.insertRun()
            try transaction.append(log: "one\u{0}two", toJob: 1, at: noon)
        }
        #expect(try await store.read { try $0.outboxMessage(1) }?.payload == "before␀after")
        #expect(try await store.read { try $0.log(ofJob: 1) }.map(\.line) == ["one␀two"])
    }

    @Test("a muted chat gets no message until it is unmuted")
    func muted() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            try transaction.enqueue(.reply("hello"))
            try transaction.mute(chat: 1, because: "bot was blocked", at: noon)
        }
        #expect(try await due(store) == [])
        #expect(try await store.read { try $0.isMuted(chat: 1) })
        try await store.write { try $0.unmute(chat: 1) }
        #expect(try await due(store) == ["hello"])
    }

    @Test("when a group becomes a supergroup, its rows move to the new chat")
    func migration() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            let run = try transaction.insertRun(chat: -5)
            try transaction.setLiveMessage(77, ofRun: run.id)
            try transaction.enqueue(.reply("hello", chat: -5))
            try transaction.insertTopic("logs", chat: -5)
            try transaction.migrateChat(-5, to: -1005)
        }
        let moved = try #require(try await store.read { try $0.runs(ofChat: -1005, limit: 1) }.first)
        #expect(moved.origin.chat == -1005)
        #expect(moved.job.origin.chat == -1005)
        #expect(moved.liveMessage == nil)
        #expect(try await store.read { try $0.outboxMessage(1) }?.chatID == -1005)
        #expect(try await store.read { try $0.topics(ofChat: -1005) }.map(\.name) == ["logs"])
        #expect(try await store.read { try $0.runs(ofChat: -5, limit: 1) } == [])
    }

    private func due(_ store: SQLiteStore, at now: Date = noon) async throws -> [String] {
        try await store.read { try $0.dueMessages(now: now) }.compactMap(\.payload)
    }

    private func change(
        _ id: OutboxID,
        in store: SQLiteStore,
        _ change: @escaping @Sendable (inout OutboxMessage) -> Void
    ) async throws {
        try await store.write { transaction in
            var message = try #require(try transaction.outboxMessage(id))
            change(&message)
            try transaction.save(message)
        }
    }
}
