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
    @Test("messages arrive in order, one at a time per chat")
    func order() async throws {
        let post = try Post()
        try await post.write("a", "b", "c")
        try await post.write("x", "y", chat: 2)
        await post.deliver()
        #expect(post.texts.filter { "abc".contains($0) } == ["a", "b", "c"])
        #expect(post.texts.filter { "xy".contains($0) } == ["x", "y"])
        #expect(post.board.mostAtOnce == 1)
    }

    @Test("a wait that Telegram asks for is kept, for that chat alone, and nothing is lost")
    func retryAfter() async throws {
        let post = try Post()
        try await post.write("a", "b")
        post.board.fail(.wait(.seconds(30)))
        await post.deliver()
        #expect(post.texts == [])
        try await post.write("x", chat: 2)
        await post.deliver(after: 29)
        #expect(post.texts == ["x"])
        await post.deliver(after: 2)
        #expect(post.texts == ["x", "a", "b"])
    }

    @Test("a server that is away is asked until it is back")
    func tryLater() async throws {
        let post = try Post()
        try await post.write("a")
        for _ in 0..<40 { post.board.fail(.tryLater("502")) }
        for _ in 0...40 { await post.deliver(after: 61) }
        #expect(post.texts == ["a"])
        #expect(try await post.state(1) == .sent)
    }

    @Test("a message of unknown fate is repeated twice, and no more")
    func unknownFate() async throws {
        let post = try Post()
        try await post.write("a", "b")
        for _ in 0...OutboxMessage.mostRepeats { post.board.fail(.unknownFate("reset")) }
        await post.deliver()
        for _ in 0...OutboxMessage.mostRepeats { await post.deliver(after: 5) }
        #expect(post.texts == ["a", "a", "a", "b"])
        #expect(try await post.store.read { try $0.outboxMessage(1)?.error } == OutboxMessage.doubt)
    }

    @Test("a chat that does not want the bot is left alone, with all that waits for it")
    func unwelcome() async throws {
        let post = try Post()
        try await post.write("a", "b")
        post.board.fail(.unwelcome("bot was blocked by the user"))
        await post.deliver(after: 100)
        #expect(post.texts == [])
        #expect(try await post.store.read { try $0.isMuted(chat: 1) })
        try await post.store.write { try $0.unmute(chat: 1) }
        await post.deliver()
        #expect(post.texts == ["a", "b"])
    }

    @Test("a chat that moved gets everything at its new place")
    func moved() async throws {
        let post = try Post()
        try await post.write("a", "b", chat: -1)
        post.board.fail(.moved(to: -1_001))
        await post.deliver()
        #expect(post.board.events == [.sent("a", chat: -1_001, id: 101), .sent("b", chat: -1_001, id: 102)])
    }

    @Test("what is refused for good is given up and does not hold up the rest")
    func refused() async throws {
        let post = try Post()
        try await post.write("a", "b")
        post.board.fail(.refused("message is too long"))
        await post.deliver()
        #expect(post.texts == ["b"])
        #expect(try await post.state(1) == .failed)
    }

    @Test("a text of several messages goes on where it was broken off")
    func parts() async throws {
        let post = try Post()
        let text = (0..<900).map { "line \($0)" }.joined(separator: "\n")
        try await post.write(text)
        await post.courier.deliverDue()
        let whole = post.texts
        #expect((2...5).contains(whole.count))
        let broken = try Post()
        try await broken.write(text)
        broken.board.fail(.wait(.zero))
        await broken.deliver()
        #expect(broken.texts == whole)
    }

    @Test("a text of more than five messages goes as a file, whole")
    func document() async throws {
        let post = try Post()
        let text = (0..<9_000).map { "line \($0)" }.joined(separator: "\n")
        try await post.write(text)
        await post.deliver()
        #expect(post.board.events == [.document(text, id: 101)])
    }

    @Test("a megabyte of characters that hang together goes as a document, too")
    func flags() async throws {
        let post = try Post()
        let text = String(repeating: "\u{1F1E6}", count: 250_000)
        try await post.write(text)
        await post.deliver()
        #expect(post.board.events == [.document(text, id: 101)])
    }

    @Test(
        "an answer that edits a message says it anew where that is gone, and goes in pieces where it is long"
    )
    func edits() async throws {
        let post = try Post()
        let long = (0..<600).map { "line \($0)" }.joined(separator: "\n")
        for (text, fault) in [("short", nil), ("again", ChatError.gone), (long, nil)]
            as [(String, ChatError?)]
        {
            var answer = Answer(.plain(text))
            answer.edits = 7
            let edit = answer
            try await post.store.write { try $0.enqueue(.reply(edit, chat: 1, at: noon)) }
            if let fault { post.board.fail(fault) }
            await post.deliver()
        }
        #expect(post.board.events.prefix(2) == [.edited("short", id: 7), .sent("again", chat: 1, id: 102)])
        let pieces = post.texts.dropFirst(2)
        #expect(pieces.count > 1)
        #expect(pieces.joined().replacing("\n", with: "") == long.replacing("\n", with: ""))
    }

    @Test("a run's message is sent once and edited from then on, not faster than the chat allows")
    func anchor() async throws {
        let post = try Post(.none(editInterval: .seconds(3)))
        try await post.startRun()
        await post.deliver()
        #expect(post.board.events.count == 1)
        #expect(post.texts[0].hasPrefix("Run 1 · queued"))
        try await post.report(.phase(name: .pulling))
        await post.deliver(after: 1)
        #expect(post.board.events.count == 1)
        for share in 1...50 { try await post.report(.progress(fraction: Double(share) / 100, note: nil)) }
        await post.deliver(after: 2)
        guard case .edited(let text, 101)? = post.board.events.last else {
            throw NoEdit(events: post.board.events)
        }
        #expect(text.contains("⏳ Pull the data ▓▓▓▓▓░░░░░ 50 %"))
        #expect(post.board.events.count == 2)
    }

    @Test("the end is drawn at once and told once, with all that came out of it")
    func ended() async throws {
        let post = try Post(.none(editInterval: .seconds(3)))
        try await post.startRun()
        await post.deliver()
        try await post.report(.phase(name: .pushing))
        try await post.report(.completed(outcome: .iris))
        await post.deliver()
        #expect(post.board.events.count == 3)
        #expect(post.texts[1].hasPrefix("Run 1 · succeeded in"))
        #expect(post.texts[2].hasPrefix("Run 1 finished · accuracy 95.0 %"))
        #expect(post.texts[2].contains("\(BlobID(bytes: Array(2...33)))"))
        #expect(post.texts[2].contains("\(BlobID(bytes: Array(3...34)))"))
    }

    /// Draws nothing, or four bytes.
    private struct Stub: Painter {
        let bytes: [UInt8]?

        func picture(of request: PictureRequest) async -> [UInt8]? {
            request.title == "Run 1 · accuracy 95.0 %" ? bytes : nil
        }
    }

    @Test(
        "a result comes with its picture, and where there is none in words alone",
        arguments: [[1, 2, 3, 4], nil]
    )
    func picture(bytes: [UInt8]?) async throws {
        let post = try Post(painter: Stub(bytes: bytes))
        try await post.startRun()
        try await post.report(.completed(outcome: .iris))
        await post.deliver()
        let end = try #require(post.board.events.last)
        if case .picture(let text, let name, _) = end {
            #expect((bytes, name) == ([1, 2, 3, 4], "run-1.png"))
            #expect(text.hasPrefix("Run 1 finished · accuracy 95.0 %"))
        } else if case .sent(let text, _, _) = end {
            #expect(bytes == nil)
            #expect(text.hasPrefix("Run 1 finished · accuracy 95.0 %"))
        } else {
            throw NoEdit(events: post.board.events)
        }
    }

    @Test("a run's message that somebody deleted is sent anew")
    func gone() async throws {
        let post = try Post()
        try await post.startRun()
        await post.deliver()
        try await post.report(.phase(name: .pulling))
        post.board.fail(.gone)
        await post.deliver()
        guard case .sent(let text, _, 102)? = post.board.events.last else {
            throw NoEdit(events: post.board.events)
        }
        #expect(text.contains("⏳ Pull the data"))
        #expect(try await post.store.read { try $0.run(1)?.liveMessage } == 102)
    }

    @Test("an address carries a secret of which the database keeps only the hash")
    func address() async throws {
        let post = try Post()
        try await post.store.write { transaction in
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
        await post.deliver()
        let text = try #require(post.texts.first)
        let secret = try #require(text.firstMatch(of: /https:\/\/bot\.example\/([A-Za-z0-9_\-]{43})/)).1
        let topic = try await post.store.read { try $0.topic(secretHash: Secret(String(secret)).hash) }
        #expect(topic?.name == "logs")
        #expect(!"\(try #require(try await post.store.read { try $0.outboxMessage(1) }))".contains(secret))
    }

    @Test("a post is set as what it is, with its topic and a button for the blob that it names")
    func notification() async throws {
        let post = try Post()
        for text in ["a <b> & c", #"{"blobId": "\#(Demo.blob)"}"#] {
            let payload = try TopicPost(topic: "nightly", text: text).payload
            let message = try OutboxMessage.make(.post, payload: payload)
            let draft = try await post.store.render(message)
            guard case .messages(let messages) = Delivery(try #require(draft), for: message) else {
                throw NoEdit(events: [])
            }
            #expect(messages.count == 1)
            #expect(messages[0].text.plain == "🔔 nightly\n\(text)")
            #expect((messages[0].keyboard != nil) == text.contains(Demo.blob))
            #expect(messages[0].text.html.contains("language-json") == text.contains("{"))
        }
    }

    @Test("it works by itself until it is told to stop", .timeLimit(.minutes(10)))
    func service() async throws {
        let post = try Post()
        try await post.write("a", "b")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await post.courier.run() }
            try await eventually("all is said") {
                try await post.store.read { try $0.openMessageCount() } == 0
            }
            group.cancelAll()
        }
        #expect(post.texts == ["a", "b"])
    }
}

extension Post {
    fileprivate func startRun() async throws {
        let work = Work.train(TrainArguments(dataset: .iris))
        let origin = Origin(chat: 1, user: 42, userName: "Ada")
        _ = try await store.write { try $0.enqueueRun(work, origin: origin, at: noon) }
    }

    fileprivate func report(_ event: WorkerEvent) async throws {
        try await store.write { transaction in
            var job = try #require(try transaction.run(1)?.job)
            if job.state == .available {
                job = try transaction.transition(
                    job,
                    by: .launched(tokenHash: Data([1]), until: noon + 60, deadline: noon + 60),
                    at: noon
                )
                job = try transaction.transition(
                    job,
                    by: .claimed(leaseTokenHash: Data([2]), until: noon + 60),
                    at: noon
                )
            }
            try transaction.transition(job, by: .reported(event, number: 1, retryAfter: .zero), at: noon)
        }
    }
}

private struct NoEdit: Error {
    let events: [Blackboard.Event]
}
