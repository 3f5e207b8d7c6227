import Commands
import Contract
import Foundation
import Store
import Support
import Telegram
import Testing

/// Chats and forum topics that cannot be written to, on the wire.
@Suite("Chats that cannot be written to", .timeLimit(.minutes(10)))
struct MutedChatTests {
    private static func refusal(_ text: String, _ status: Int = 400) -> TelegramRefusal {
        TelegramRefusal(status, (status == 400 ? "Bad Request: " : "Forbidden: ") + text)
    }

    @Test(
        "a chat is muted by every text that says it takes no messages now, and its messages come later",
        arguments: [
            (400, "not enough rights to send text messages to the chat"), (400, "CHAT_WRITE_FORBIDDEN"),
            (400, "CHAT_RESTRICTED"), (400, "USER_IS_BLOCKED"), (400, "PEER_ID_INVALID"),
            (400, "need administrator rights in the channel chat"), (400, "CHAT_SEND_PLAIN_FORBIDDEN"),
            (400, "CHANNEL_SOMETHING_NEW_FORBIDDEN"), (403, "a reason that nobody has seen before"),
        ]
    )
    func muted(_ status: Int, _ text: String) async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            await telegram.fail("sendMessage", .refuse(Self.refusal(text, status)))
            let message = try await chat.deliver("the kiln is hot", chat: -7)
            #expect(message.state == .pending)
            #expect(try await chat.store.read { try $0.isMuted(chat: -7) })
            await chat.deliver(after: 50)
            #expect(await telegram.calls.isEmpty)
            // No update ever comes from the chat: it is tried again.
            await chat.deliver(after: 11)
            #expect(await telegram.calls.map(\.plain) == ["the kiln is hot"])
            #expect(try await !chat.store.read { try $0.isMuted(chat: -7) })
        }
    }

    @Test("the waits of a muted chat grow to an hour, and every update of the chat ends them")
    func probes() async throws {
        let chat = try ChatFixture()
        try await chat.enqueue("bread")
        for wait in [60, 120, 240, 480, 960, 1_920, 3_600, 3_600] as [TimeInterval] {
            chat.surface.fail(.unwelcome("blocked"))
            await chat.deliver()
            await chat.deliver(after: wait - 1)
            #expect(chat.surface.texts == [])
            chat.advance(by: 1)
        }
        chat.surface.fail(.unwelcome("blocked"))
        await chat.deliver()
        try await chat.conversation.notice(1, now: chat.now)
        await chat.deliver()
        #expect(chat.surface.texts == ["bread"])
    }

    @Test("what is meant for a closed topic comes in General, and says so")
    func closedTopic() async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            await telegram.fail("sendMessage", .refuse(Self.refusal("TOPIC_CLOSED")))
            let message = try await chat.deliver("glaze is dry", chat: -1_009_876, topic: 31, replyTo: 4)
            #expect(message.state == .sent)
            let call = try #require(await telegram.calls.first)
            #expect(call.plain == "(for the topic t.me/c/9876/31, which is closed)\nglaze is dry")
            #expect(call.parameters["message_thread_id"] == nil)
        }
    }

    @Test("a topic whose messages cannot go to General either is held, and the rest of the chat goes on")
    func closedTwice() async throws {
        let chat = try ChatFixture()
        let post: @Sendable (String, ThreadID) -> NewMessage = { text, thread in
            let content = NewMessage.Content.post(TopicPost(topic: "oven", text: text))
            return NewMessage(content, chat: -7, thread: thread, createdAt: noon)
        }
        chat.surface.fail(.topicClosed("TOPIC_CLOSED"))
        try await chat.store.write { transaction in
            for number in 1...3 { try transaction.enqueue(post("closed \(number)", 31)) }
            try transaction.enqueue(post("open", 32))
        }
        await chat.deliver()
        #expect(chat.surface.texts == ["🔔 oven\nopen"])
        try await chat.conversation.notice(-7, now: chat.now)
        await chat.deliver()
        #expect(chat.surface.texts.dropFirst() == (1...3).map { "🔔 oven\nclosed \($0)" }[...])
    }

    @Test(
        "a refusal that nobody knows delays its message alone, and the message is told as dropped after a week"
    )
    func unknown() async throws {
        let chat = try ChatFixture()
        chat.surface.fail(.notNow("Bad Request: MOON_IN_WRONG_HOUSE"))
        try await chat.enqueue(TopicPost(topic: "oven", text: "odd"), chat: 1)
        try await chat.enqueue(TopicPost(topic: "oven", text: "even"), chat: 1)
        await chat.deliver()
        #expect(chat.surface.texts == ["🔔 oven\neven"])
        chat.surface.fail(.notNow("again"))
        await chat.deliver(after: 61)
        await chat.deliver(after: 119)
        #expect(chat.surface.texts.count == 1)
        chat.surface.fail(.notNow("again"))
        await chat.deliver(after: 2)
        await chat.deliver(after: 8 * 86_400)
        #expect(chat.surface.texts.count == 2)
        #expect(chat.surface.texts[1].contains("1 post was dropped"))
    }

    @Test("a muted chat keeps the newest posts, and is told how many of which topic it lost")
    func bounded() async throws {
        let chat = try ChatFixture(kept: KeptLimits(posts: 4, days: 7))
        try await chat.store.write { try $0.mute(chat: 1, because: "blocked", at: noon) }
        for number in 1...9 { try await chat.enqueue(TopicPost(topic: "oven", text: "\(number)"), chat: 1) }
        await chat.courier.deliverDue()
        #expect(try await chat.outbox().count == 4)
        try await chat.conversation.notice(1, now: chat.now)
        await chat.deliver()
        #expect(chat.surface.texts.dropFirst() == (6...9).map { "🔔 oven\n\($0)" }[...])
        #expect(chat.surface.texts[0].contains("5 posts were dropped"))
        #expect(chat.surface.texts[0].contains("oven 5 (21 Sep 14:13 to 21 Sep 14:13 UTC)"))
    }

    @Test("a group that lost posts while it was muted is told when it has become a supergroup")
    func migrated() async throws {
        let chat = try ChatFixture(kept: KeptLimits(posts: 2, days: 7))
        try await chat.store.write { try $0.mute(chat: -1, because: "restricted", at: noon) }
        for number in 1...5 { try await chat.enqueue(TopicPost(topic: "oven", text: "\(number)"), chat: -1) }
        await chat.courier.deliverDue()
        try await chat.handle(.migrated(to: -1_005), chat: -1)
        await chat.deliver()
        #expect(chat.surface.texts.count == 3)
        #expect(chat.surface.texts[0].contains("3 posts were dropped"))
    }

    @Test("many posts of a muted chat come in one file, and only the newest as a message")
    func gathered() async throws {
        let chat = try ChatFixture()
        try await chat.store.write { try $0.mute(chat: 1, because: "blocked", at: noon) }
        for number in 1...40 {
            try await chat.enqueue(TopicPost(topic: "oven", text: "loaf \(number)"), chat: 1)
        }
        try await chat.conversation.notice(1, now: chat.now)
        await chat.deliver()
        guard case .document(let file, _)? = chat.surface.events.first else {
            Issue.record("\(chat.surface.events)")
            return
        }
        for number in 1...39 { #expect(file.contains("oven\nloaf \(number)\n")) }
        #expect(!file.contains("loaf 40"))
        #expect(chat.surface.events.dropFirst() == [.sent("🔔 oven\nloaf 40", chat: 1, id: 102)])
    }

    @Test("talk in a muted group tries one message, and what is kept comes together once one has arrived")
    func talkInGroup() async throws {
        let chat = try ChatFixture(kept: KeptLimits(posts: 15, days: 7))
        try await chat.store.write { try $0.mute(chat: -8, because: "restricted", at: noon) }
        for number in 1...20 {
            try await chat.enqueue(TopicPost(topic: "oven", text: "roll \(number)"), chat: -8)
        }
        for _ in 1...3 {
            chat.surface.fail(.unwelcome("still restricted"))
            try await chat.handle(.text("nice weather"), user: 7, chat: -8)
            await chat.deliver(after: 2)
            #expect(chat.surface.texts == [])
            #expect(try await chat.store.read { try $0.isMuted(chat: -8) })
        }
        try await chat.handle(.text("nice weather"), user: 7, chat: -8)
        await chat.deliver(after: 2)
        #expect(chat.surface.texts.first == "🔔 oven\nroll 6")
        guard case .document(let file, _)? = chat.surface.events.dropFirst().first else {
            Issue.record("\(chat.surface.events)")
            return
        }
        #expect((7...19).allSatisfy { file.contains("roll \($0)\n") } && !file.contains("roll 5\n"))
        #expect(chat.surface.texts.last == "🔔 oven\nroll 20")
    }

    @Test("words about very many posts come before the file that is too small for them")
    func longCaption() async throws {
        let chat = try ChatFixture()
        var answer = Answer(.plain(String(repeating: "word ", count: 300)))
        answer.attachment = .posts(from: 1, to: 1)
        let message = try NewMessage.reply(answer, chat: 1, at: noon)
        try await chat.store.write { try $0.enqueue(message) }
        let row = try #require(try await chat.outbox().first)
        let rendered = try #require(try await chat.render(row))
        guard case .document(_, "posts.txt", let texts, let caption) = Delivery(rendered, for: row) else {
            Issue.record("\(rendered)")
            return
        }
        #expect(texts.map(\.text.length) == [1_500] && caption.text.plain == "📎 posts.txt")
    }

    @Test("long posts are cut where their file would be too large for Telegram")
    func longPosts() async throws {
        let chat = try ChatFixture()
        try await chat.store.write { try $0.mute(chat: 1, because: "blocked", at: noon) }
        let long = String(repeating: "crumb ", count: 300_000)
        for number in 1...13 {
            try await chat.enqueue(TopicPost(topic: "oven", text: "loaf \(number) \(long)"), chat: 1)
        }
        try await chat.conversation.notice(1, now: chat.now)
        await chat.deliver()
        guard case .document(let file, _)? = chat.surface.events.first else {
            Issue.record("no file")
            return
        }
        #expect(file.utf8.count < 16 << 20)
        #expect(file.components(separatedBy: " left out)\n").count == 13)
        for number in 1...12 { #expect(file.contains("oven\nloaf \(number) crumb")) }
    }

    @Test("a chat that takes no pictures gets the text of the result")
    func noPictures() async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            await telegram.fail(
                "sendPhoto",
                .refuse(Self.refusal("not enough rights to send photos to the chat"))
            )
            let message = OutgoingMessage(chat: -7, text: "done")
            _ = try await chat.surface.send(picture: [1], name: "run.png", message)
            #expect(await telegram.calls.map(\.method) == ["sendMessage"])
        }
    }
}
