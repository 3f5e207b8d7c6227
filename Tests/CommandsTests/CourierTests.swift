import Commands
import Contract
import Foundation
import Jobs
import Logging
import Store
import Support
import Synchronization
import Telegram
import Testing

@Suite("The courier")
struct CourierTests {
    @Test("messages are delivered in order, one at a time in each chat")
    func order() async throws {
        let chat = try ChatFixture()
        try await chat.enqueue("a", "b", "c")
        try await chat.enqueue("x", "y", chat: 2)
        await chat.deliver()
        #expect(chat.surface.texts.filter { "abc".contains($0) } == ["a", "b", "c"])
        #expect(chat.surface.texts.filter { "xy".contains($0) } == ["x", "y"])
        #expect(chat.surface.mostAtOnce == 1)
    }

    @Test("a wait that Telegram asks for holds up only that chat, and no message is lost")
    func retryAfter() async throws {
        let chat = try ChatFixture()
        try await chat.enqueue("a", "b")
        chat.surface.fail(.wait(.seconds(30)))
        await chat.deliver()
        #expect(chat.surface.texts == [])
        try await chat.enqueue("x", chat: 2)
        await chat.deliver(after: 29)
        #expect(chat.surface.texts == ["x"])
        await chat.deliver(after: 2)
        #expect(chat.surface.texts == ["x", "a", "b"])
    }

    @Test("the courier retries until the server is back")
    func tryLater() async throws {
        let chat = try ChatFixture()
        try await chat.enqueue("a")
        for _ in 0..<40 { chat.surface.fail(.tryLater("502")) }
        for _ in 0...40 { await chat.deliver(after: 61) }
        #expect(chat.surface.texts == ["a"])
        #expect(try await chat.state(of: 1) == .sent)
    }

    @Test("a message of unknown fate is repeated twice, then counts as sent")
    func unknownFate() async throws {
        let chat = try ChatFixture()
        try await chat.enqueue("a", "b")
        for _ in 0...OutboxMessage.mostRepeats { chat.surface.fail(.unknownFate("reset")) }
        await chat.deliver()
        for _ in 0...OutboxMessage.mostRepeats { await chat.deliver(after: 5) }
        #expect(chat.surface.texts == ["a", "a", "a", "b"])
        #expect(try await chat.store.read { try $0.outboxMessage(1)?.error } == OutboxMessage.doubt)
    }

    @Test("a chat that refuses the bot is muted, and its messages wait")
    func unwelcome() async throws {
        let chat = try ChatFixture()
        try await chat.enqueue("a", "b")
        chat.surface.fail(.unwelcome("bot was blocked by the user"))
        await chat.deliver(after: 100)
        #expect(chat.surface.texts == [])
        #expect(try await chat.store.read { try $0.isMuted(chat: 1) })
        try await chat.store.write { try $0.unmute(chat: 1) }
        await chat.deliver()
        #expect(chat.surface.texts == ["a", "b"])
    }

    @Test("the messages of a chat that moved are delivered to its new id")
    func moved() async throws {
        let chat = try ChatFixture()
        try await chat.enqueue("a", "b", chat: -1)
        chat.surface.fail(.moved(to: -1_001))
        await chat.deliver()
        #expect(
            chat.surface.events == [.sent("a", chat: -1_001, id: 101), .sent("b", chat: -1_001, id: 102)]
        )
    }

    @Test("a message that is refused for good fails, and the next one is delivered")
    func refused() async throws {
        let chat = try ChatFixture()
        try await chat.enqueue("a", "b")
        chat.surface.fail(.refused("message is too long"))
        await chat.deliver()
        #expect(chat.surface.texts == ["b"])
        #expect(try await chat.state(of: 1) == .failed)
    }

    @Test("a text of several messages continues after the last part that was sent")
    func parts() async throws {
        let chat = try ChatFixture()
        let text = (0..<900).map { "line \($0)" }.joined(separator: "\n")
        try await chat.enqueue(text)
        await chat.courier.deliverDue()
        let whole = chat.surface.texts
        #expect((2...5).contains(whole.count))
        let broken = try ChatFixture()
        try await broken.enqueue(text)
        broken.surface.fail(.wait(.zero))
        await broken.deliver()
        #expect(broken.surface.texts == whole)
    }

    @Test("a text of more than five messages is delivered as a file")
    func document() async throws {
        let chat = try ChatFixture()
        let text = (0..<9_000).map { "line \($0)" }.joined(separator: "\n")
        try await chat.enqueue(text)
        await chat.deliver()
        #expect(chat.surface.events == [.document(text, id: 101)])
    }

    @Test("a megabyte without a place to cut is delivered as a file, too")
    func flags() async throws {
        let chat = try ChatFixture()
        let text = String(repeating: "\u{1F1E6}", count: 250_000)
        try await chat.enqueue(text)
        await chat.deliver()
        #expect(chat.surface.events == [.document(text, id: 101)])
    }

    @Test(
        "an edit is sent as a new message if the message is missing, and in parts if it is long"
    )
    func edits() async throws {
        let chat = try ChatFixture()
        let long = (0..<600).map { "line \($0)" }.joined(separator: "\n")
        for (text, fault) in [("short", nil), ("again", ChatError.gone), (long, nil)]
            as [(String, ChatError?)]
        {
            var answer = Answer(.plain(text))
            answer.edits = 7
            let edit = answer
            try await chat.store.write { try $0.enqueue(.reply(edit, chat: 1, at: noon)) }
            if let fault { chat.surface.fail(fault) }
            await chat.deliver()
        }
        #expect(chat.surface.events.prefix(2) == [.edited("short", id: 7), .sent("again", chat: 1, id: 102)])
        let pieces = chat.surface.texts.dropFirst(2)
        #expect(pieces.count > 1)
        #expect(pieces.joined().replacing("\n", with: "") == long.replacing("\n", with: ""))
    }

    @Test("a live message is sent once, then edited, at the interval that the chat allows")
    func liveMessage() async throws {
        let chat = try ChatFixture(limits: .none(editInterval: .seconds(3)))
        try await chat.enqueueTraining(chat: 1)
        await chat.deliver()
        #expect(chat.surface.events.count == 1)
        #expect(chat.surface.texts[0].hasPrefix("Run 1 · queued"))
        try await chat.report(.phase(name: .pulling))
        await chat.deliver(after: 1)
        #expect(chat.surface.events.count == 1)
        for share in 1...50 { try await chat.report(.progress(fraction: Double(share) / 100, note: nil)) }
        await chat.deliver(after: 2)
        guard case .edited(let text, 101)? = chat.surface.events.last else {
            throw WrongEvent(events: chat.surface.events)
        }
        #expect(text.contains("⏳ Pull the data ▓▓▓▓▓░░░░░ 50 %"))
        #expect(chat.surface.events.count == 2)
    }

    @Test("the end of a run updates the live message at once and sends one result")
    func ended() async throws {
        let chat = try ChatFixture(limits: .none(editInterval: .seconds(3)))
        try await chat.enqueueTraining(chat: 1)
        await chat.deliver()
        try await chat.report(.phase(name: .pushing))
        try await chat.report(.completed(outcome: .iris))
        await chat.deliver()
        #expect(chat.surface.events.count == 3)
        #expect(chat.surface.texts[1].hasPrefix("Run 1 · succeeded in"))
        #expect(chat.surface.texts[2].hasPrefix("Run 1 finished · accuracy 95.0 %"))
        #expect(chat.surface.texts[2].contains("\(BlobID(bytes: Array(2...33)))"))
        #expect(chat.surface.texts[2].contains("\(BlobID(bytes: Array(3...34)))"))
    }

    @Test(
        "a result has a picture, or is a text if none can be drawn",
        arguments: [[1, 2, 3, 4], nil]
    )
    func picture(bytes: [UInt8]?) async throws {
        let chat = try ChatFixture(painter: FixedPainter(bytes))
        try await chat.enqueueTraining(chat: 1)
        try await chat.report(.completed(outcome: .iris))
        await chat.deliver()
        let end = try #require(chat.surface.events.last)
        if case .picture(let text, let name, _) = end {
            #expect((bytes, name) == ([1, 2, 3, 4], "run-1.png"))
            #expect(text.hasPrefix("Run 1 finished · accuracy 95.0 %"))
        } else if case .sent(let text, _, _) = end {
            #expect(bytes == nil)
            #expect(text.hasPrefix("Run 1 finished · accuracy 95.0 %"))
        } else {
            throw WrongEvent(events: chat.surface.events)
        }
    }

    @Test("a live message that a person deleted is sent as a new message")
    func gone() async throws {
        let chat = try ChatFixture()
        try await chat.enqueueTraining(chat: 1)
        await chat.deliver()
        try await chat.report(.phase(name: .pulling))
        chat.surface.fail(.gone)
        await chat.deliver()
        guard case .sent(let text, _, 102)? = chat.surface.events.last else {
            throw WrongEvent(events: chat.surface.events)
        }
        #expect(text.contains("⏳ Pull the data"))
        #expect(try await chat.store.read { try $0.run(1)?.liveMessage } == 102)
    }

    @Test("an address has a secret, and the database stores only its hash")
    func address() async throws {
        let chat = try ChatFixture()
        try await chat.store.write { transaction in
            let topic = try transaction.insertTopic(
                named: "logs",
                chat: 1,
                thread: nil,
                secretHash: Data([1]),
                by: 42,
                at: noon
            )
            try transaction.enqueue(NewMessage(.address(topic.id), chat: 1, createdAt: noon))
        }
        await chat.deliver()
        let text = try #require(chat.surface.texts.first)
        let secret = try #require(text.firstMatch(of: /https:\/\/bot\.example\/([A-Za-z0-9_\-]{43})/)).1
        let topic = try await chat.store.read { try $0.topic(secretHash: Secret(String(secret)).hash) }
        #expect(topic?.name == "logs")
        #expect(!"\(try #require(try await chat.store.read { try $0.outboxMessage(1) }))".contains(secret))
    }

    @Test("a post shows its topic, its text or JSON, and a button for the blob that it names")
    func post() async throws {
        let chat = try ChatFixture()
        for text in ["a <b> & c", #"{"blobId": "\#(Demo.blob)"}"#] {
            let payload = try TopicPost(topic: "nightly", text: text).payload
            let message = try OutboxMessage.make(.post, payload: payload)
            let rendered = try await chat.render(message)
            guard case .messages(let messages) = Delivery(try #require(rendered), for: message) else {
                throw WrongEvent(events: [])
            }
            #expect(messages.count == 1)
            #expect(messages[0].text.plain == "🔔 nightly\n\(text)")
            #expect((messages[0].keyboard != nil) == text.contains(Demo.blob))
            #expect(messages[0].text.html.contains("language-json") == text.contains("{"))
        }
    }

    @Test("the courier delivers until it is stopped", .timeLimit(.minutes(10)))
    func service() async throws {
        let chat = try ChatFixture()
        try await chat.enqueue("a", "b")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await chat.courier.run() }
            try await eventually("every message is delivered") {
                try await chat.store.read { try $0.openMessageCount() } == 0
            }
            group.cancelAll()
        }
        #expect(chat.surface.texts == ["a", "b"])
    }
}

private struct WrongEvent: Error {
    let events: [RecordingSurface.Event]
}
