import Commands
import Contract
import Foundation
import Jobs
import Store
import Support
import Testing

@Suite("Delivery of delayed posts, files and replaced messages")
struct PostDeliveryTests {
    private typealias Fixture = ChatFixture<RecordingSurface>

    private static func topic(_ name: String, of chat: Fixture, in place: ChatID = 42) async throws -> Topic {
        try await chat.store.write { transaction in
            try transaction.insertTopic(
                named: name,
                chat: place,
                thread: nil,
                secretHash: Secret.random().hash,
                by: 42,
                at: noon
            )
        }
    }

    private static func post(
        _ text: String,
        to topic: Topic,
        of chat: Fixture,
        sequence: String? = nil,
        file: TopicPost.Attachment? = nil,
        after delay: TimeInterval? = nil
    ) async throws {
        var post = TopicPost(topic: topic.name, text: text)
        (post.sequence, post.attachment) = (sequence, file)
        let due = delay.map { chat.now + $0 }
        try await chat.store.write { [post, now = chat.now] in
            _ = try $0.accept(post, to: topic, due: due, at: now)
        }
    }

    private static func end(
        _ sequence: String,
        as ending: TopicPost.Ending,
        in topic: Topic,
        of chat: Fixture
    )
        async throws
    {
        try await chat.store.write { [now = chat.now] in
            try $0.end(sequence, as: ending, inTopic: topic, at: now)
        }
    }

    @Test("delayed posts are sent once, at their times, also if the bot was not running")
    func delayed() async throws {
        let chat = try Fixture()
        let topic = try await Self.topic("cron", of: chat)
        try await Self.post("second", to: topic, of: chat, after: 120)
        try await Self.post("first", to: topic, of: chat, after: 60)
        try await Self.post("third", to: topic, of: chat, after: 7_200)
        await chat.deliver(after: 59)
        #expect(chat.surface.texts == [])
        await chat.deliver(after: 1_000)
        await chat.deliver(after: 1)
        #expect(chat.surface.texts == ["🔔 cron\nfirst", "🔔 cron\nsecond"])
        #expect(try await chat.store.read { try $0.delayedPosts(ofChat: 42) }.map(\.post.text) == ["third"])
    }

    @Test("a crash between the move into the outbox and the send repeats nothing and loses nothing")
    func crash() async throws {
        let chat = try Fixture()
        let topic = try await Self.topic("cron", of: chat)
        try await Self.post("once", to: topic, of: chat, after: 60)
        // The transaction of the move fails: the post stays where it was.
        struct PowerCut: Error {}
        await #expect(throws: PowerCut.self) {
            try await chat.store.write { transaction in
                try transaction.enqueueDuePosts(now: noon + 60)
                throw PowerCut()
            }
        }
        #expect(try await chat.store.read { try $0.delayedPosts(ofChat: 42) }.count == 1)
        // The bot ends after the move.
        for _ in 0..<2 { try await chat.store.write { try $0.enqueueDuePosts(now: noon + 60) } }
        await chat.deliver(after: 60)
        #expect(chat.surface.texts == ["🔔 cron\nonce"])
    }

    @Test("a delayed post of a muted chat comes when the chat can be written to, and goes with its topic")
    func muted() async throws {
        let chat = try Fixture()
        let topic = try await Self.topic("cron", of: chat)
        try await Self.post("kept", to: topic, of: chat, after: 20)
        try await chat.store.write { try $0.mute(chat: 42, because: "closed", at: noon) }
        await chat.deliver(after: 40)
        #expect(chat.surface.texts == [])
        try await chat.store.write { try $0.unmute(chat: 42) }
        await chat.deliver()
        #expect(chat.surface.texts == ["🔔 cron\nkept"])
        try await Self.post("gone", to: topic, of: chat, after: 60)
        _ = try await chat.store.write { try $0.deleteTopic(named: "cron", ofChat: 42) }
        await chat.deliver(after: 100)
        #expect(chat.surface.texts.count == 1)
    }

    @Test("a new address keeps what was posted for later to the former one")
    func registeredAnew() async throws {
        let chat = try Fixture()
        try await Self.post("kept", to: try await Self.topic("cron", of: chat), of: chat, after: 60)
        _ = try await Self.topic("cron", of: chat)
        await chat.deliver(after: 60)
        #expect(chat.surface.texts == ["🔔 cron\nkept"])
    }

    @Test("a later post of a sequence edits the message, and a deleted message says so")
    func sequence() async throws {
        let chat = try Fixture()
        let topic = try await Self.topic("build", of: chat)
        try await Self.post("10 %", to: topic, of: chat, sequence: "job")
        await chat.deliver()
        for text in ["40 %", "70 %"] { try await Self.post(text, to: topic, of: chat, sequence: "job") }
        await chat.deliver()
        try await Self.end("job", as: .cleared, in: topic, of: chat)
        await chat.deliver()
        try await Self.end("job", as: .deleted, in: topic, of: chat)
        await chat.deliver()
        try await Self.post("10 %", to: topic, of: chat, sequence: "job")
        await chat.deliver()
        #expect(
            chat.surface.events == [
                .sent("🔔 build\n10 %", chat: 42, id: 101), .edited("🔔 build\n70 %", id: 101),
                .edited("🔔 build\n70 %\n✓ cleared", id: 101),
                .edited("🗑 build\nDeleted by its sender.", id: 101),
                .sent("🔔 build\n10 %", chat: 42, id: 105),
            ]
        )
    }

    @Test("a message that is gone is sent anew by an update, and not by an end")
    func gone() async throws {
        let chat = try Fixture()
        let topic = try await Self.topic("build", of: chat)
        try await Self.post("one", to: topic, of: chat, sequence: "job")
        await chat.deliver()
        chat.surface.fail(.gone)
        try await Self.post("two", to: topic, of: chat, sequence: "job")
        await chat.deliver()
        chat.surface.fail(.gone)
        try await Self.end("job", as: .deleted, in: topic, of: chat)
        await chat.deliver()
        #expect(chat.surface.texts == ["🔔 build\none", "🔔 build\ntwo"])
    }

    @Test("a picture is sent as one with its message, and a later post edits its caption")
    func caption() async throws {
        try await withTemporaryFolder { folder in
            var policy = ChatPolicy.test
            let files = AttachmentFiles(folder: folder)
            policy.attachments = files
            let chat = try Fixture(policy)
            let topic = try await Self.topic("door", of: chat)
            let writer = try files.begin()
            try writer.append([1, 2, 3])
            let stored = try writer.finish()
            let picture = TopicPost.Attachment(
                place: .stored(stored.name),
                name: "door.png",
                type: "image/png",
                size: 3
            )
            try await Self.post("who is it?", to: topic, of: chat, sequence: "ring", file: picture)
            #expect(try await chat.store.read { try $0.neededFiles() } == [stored.name])
            await chat.deliver()
            #expect(try await chat.store.read { try $0.neededFiles() } == [])
            for text in ["the post", "a parcel"] {
                try await Self.post(text, to: topic, of: chat, sequence: "ring")
                await chat.deliver()
            }
            #expect(
                chat.surface.events == [
                    .picture("🔔 door\nwho is it?", name: "door.png", id: 101),
                    .caption("🔔 door\nthe post", id: 101), .caption("🔔 door\na parcel", id: 101),
                ]
            )
        }
    }

    @Test("/list shows the next ten posts, and how many come after them")
    func longList() async throws {
        let chat = try Fixture()
        let topic = try await Self.topic("cron", of: chat)
        for hour in (1...13).reversed() {
            try await Self.post("at \(hour) h", to: topic, of: chat, after: 3_600 * Double(hour))
        }
        let text = try #require(try await chat.send("/list").first)
        #expect(text.contains("at 1 h") && text.contains("at 10 h") && !text.contains("at 11 h"))
        #expect(text.hasSuffix("… and 3 more"))
    }

    @Test("/list shows what is kept for later, and its buttons cancel it; viewers get no buttons")
    func list() async throws {
        let chat = try Fixture()
        let topic = try await Self.topic("cron", of: chat)
        try await Self.post("check the\nbackup", to: topic, of: chat, after: 3_600)
        try await chat.addMember(7, as: .viewer)
        let text = try #require(try await chat.send("/list").first)
        #expect(text.contains("1. ⏰ 21 Sep 15:13 · cron · check the backup"))
        #expect(try await chat.press("z:1", user: 7)?.isAlert == true)
        #expect(try await chat.press("z:1")?.text == "Cancelled: it will not be sent.")
        #expect(try await chat.press("z:1")?.text == "This post was sent or cancelled before.")
        await chat.deliver(after: 4_000)
        #expect(!chat.surface.texts.contains("🔔 cron\ncheck the\nbackup"))
    }
}
