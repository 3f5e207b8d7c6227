import Commands
import Contract
import Foundation
import HTTP
import Logging
import Store
import Support
import Telegram
import Testing

@Suite("Messages as Telegram sends them", .timeLimit(.minutes(10)))
struct TelegramUpdateTests {
    private static let ada: JSONValue = ["id": 42, "is_bot": false, "first_name": "Ada\u{202E}\n"]
    private static let link = "https://walrus.example/blob/\(Demo.blob)?page=1"

    /// Hands one update to a bot of Ada's; returns the bot.
    private func receive(
        _ members: [String: JSONValue],
        kind: String = "message",
        chat: JSONValue = ["id": 42, "type": "private", "first_name": "Ada"]
    ) async throws -> ChatFixture<RecordingSurface> {
        let bot = try ChatFixture()
        var message: [String: JSONValue] = ["message_id": 70, "date": 1_790_000_000, "from": Self.ada]
        message["chat"] = chat
        message.merge(members) { $1 }
        let update: JSONValue = ["update_id": 1, kind: .object(message)]
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let decoded = try decoder.decode(Update.self, from: try JSONEncoder().encode(update))
        if case .unreadable(let reason) = decoded.content { Issue.record("unreadable: \(reason)") }
        if let update = ChatUpdate(decoded, bot: "okai_test_bot") {
            _ = try await bot.conversation.handle(update, now: noon)
        }
        return bot
    }

    @Test(
        "a blob ID in a link behind words is read, also behind emoji and in captions",
        arguments: ["look here", "🦭🦭 see it"]
    )
    func links(_ text: String) async throws {
        let entity: JSONValue = [
            "type": "text_link", "offset": .integer(Int64(text.utf16.count - 2)), "length": 2,
            "url": .string(Self.link),
        ]
        for names in [("text", "entities"), ("caption", "caption_entities")] {
            let bot = try await receive([
                names.0: .string(text), names.1: [entity], "photo": names.0 == "text" ? .null : [],
            ])
            #expect(try await bot.openJobs().map(\.work) == [.look(LookArguments(blob: .iris))])
        }
    }

    @Test("a command takes the ID behind a word, and rather the one that people see")
    func commands() async throws {
        let entity: JSONValue = [
            "type": "text_link", "offset": 7, "length": 4, "url": .string(Self.link),
        ]
        let bot = try await receive(["text": "/train this trees=6", "entities": [entity]])
        guard case .train(let arguments)? = try await bot.runs().first?.work else { throw Missing() }
        #expect(arguments.dataset == .iris && arguments.parameters.trees == 6)
        let other = BlobID(bytes: Array(3...34))
        let covering: JSONValue = [
            "type": "text_link", "offset": 7, "length": 43, "url": .string(Self.link),
        ]
        let second = try await receive(["text": .string("/train \(other)"), "entities": [covering]])
        guard case .train(let seen)? = try await second.runs().first?.work else { throw Missing() }
        #expect(seen.dataset == other)
    }

    @Test("IDs in rich messages and behind buttons of forwarded messages are read")
    func otherPlaces() async throws {
        let rich = try await receive([
            "rich_message": [
                "blocks": [
                    ["type": "paragraph", "text": ["see", ["type": "url", "url": .string(Self.link)]]]
                ]
            ]
        ])
        #expect(try await rich.openJobs().count == 1)
        let button: JSONValue = ["text": "Open", "url": .string(Self.link)]
        let passedOn = try await receive(["text": "card", "reply_markup": ["inline_keyboard": [[button]]]])
        #expect(try await passedOn.openJobs().count == 1)
    }

    @Test(
        "notes about a chat, bots' messages and a channel's forwarded posts get no answer",
        arguments: [
            ["pinned_message": ["message_id": 1]], ["new_chat_title": "x"], ["forum_topic_closed": [:]],
            ["video_chat_started": [:]], [:],
            ["text": "/status", "from": ["id": 9, "is_bot": true, "first_name": "Bot"]],
            [
                "text": "/status@okai_test_bot", "is_automatic_forward": true,
                "sender_chat": ["id": -3, "type": "channel"],
                "from": ["id": 777_000, "is_bot": false, "first_name": "Telegram"],
            ],
        ] as [[String: JSONValue]]
    )
    func silence(_ members: [String: JSONValue]) async throws {
        #expect(try await receive(members).outbox().isEmpty)
    }

    @Test(
        "whatever a person sends to the bot in private gets an answer",
        arguments: [
            "sticker", "venue", "video_note", "dice", "voice", "hologram", "animation", "web_app_data",
        ]
    )
    func attachments(_ name: String) async throws {
        let document: JSONValue = ["file_id": "d", "file_unique_id": "u", "file_name": "a.mp4"]
        let members = name == "animation" ? [name: [:], "document": document] : [name: [:]]
        #expect(try await receive(members).outbox().count == 1)
    }

    @Test("an anonymous admin and a channel are known by the chat in whose name they write")
    func masks() async throws {
        let lab: JSONValue = ["id": -6, "type": "supergroup", "title": "Lab"]
        for (sender, words) in [(-6, "as the group"), (-61, "as a channel")] as [(Int64, String)] {
            let bot = try await receive(
                [
                    "text": "/train", "sender_chat": ["id": .integer(sender), "type": "supergroup"],
                    "from": ["id": 1_087_968_824, "is_bot": true, "first_name": "Group"],
                ],
                chat: lab
            )
            #expect(try await bot.outbox().first?.payload?.contains(words) == true)
        }
    }

    @Test("a chat of an unknown type is answered, and so is a channel's direct message, in its topic")
    func chats() async throws {
        let odd = try await receive(["text": "/list"], chat: ["id": -8, "type": "village"])
        #expect(try await odd.outbox().count == 1)
        let direct = try await receive(
            ["text": "/list", "direct_messages_topic": ["topic_id": 7_700_000_123]],
            chat: ["id": -9, "type": "supergroup", "is_direct_messages": true]
        )
        let thread = try #require(try await direct.outbox().first?.threadID)
        #expect(thread.directTopic == 7_700_000_123)
        let fake = BotAPIFake()
        try await withLoopbackServer(fake.router) { server in
            let api = BotAPI(token: try BotToken(BotAPIFake.token), server: server)
            _ = try await api.sendMessage(OutgoingMessage(chat: -9, topic: thread, text: "here"))
            _ = try await api.sendDocument(
                [1],
                name: "a",
                OutgoingMessage(chat: -9, topic: thread, text: "a")
            )
            _ = try await api.sendMessage(OutgoingMessage(chat: -9, topic: 4, text: "there"))
        }
        let calls = await fake.calls
        #expect(calls[0].parameters["direct_messages_topic_id"] == 7_700_000_123)
        #expect(calls[0].parameters["message_thread_id"] == nil)
        #expect(calls[1].parameters["direct_messages_topic_id"] != nil)
        #expect(calls[2].parameters["message_thread_id"] == 4)
    }

    @Test("a message for one person of a group is sent to the private chat unless Telegram shows it to one")
    func onlyForOne() async throws {
        let fake = BotAPIFake()
        let refusal = TelegramRefusal(400, "Bad Request: ephemeral messages are not allowed")
        let blocked = TelegramRefusal(403, "Forbidden: bot can't initiate conversation with a user")
        try await withLoopbackServer(fake.router) { server in
            let api = BotAPI(token: try BotToken(BotAPIFake.token), server: server)
            var message = OutgoingMessage(chat: -6, topic: 3, text: "secret")
            message.onlyFor = 42
            let surface = TelegramSurface(api: api, logger: .silent)
            _ = try await surface.send(message)
            await fake.fail("sendMessage", .refuse(refusal))
            _ = try await surface.send(message)
            await fake.fail("sendMessage", .refuse(refusal))
            await fake.fail("sendMessage", .refuse(blocked))
            _ = try await surface.send(message)
        }
        let calls = await fake.calls
        // The calls that were refused are not among them.
        #expect(calls.map(\.chat) == [-6, 42, -6])
        #expect(calls[0].parameters["ephemeral_message_parameters"] == ["receiver_user_id": 42])
        #expect(calls[1].text == "secret" && calls[1].parameters["ephemeral_message_parameters"] == nil)
        #expect(calls[2].text.hasPrefix("I may not write to you"))
        #expect(await fake.violations == [])
    }

    @Test("an edited message is read as one")
    func edited() async throws {
        let bot = try await receive(["text": .string("/train \(Demo.blob)")], kind: "edited_message")
        #expect(try await bot.runs().first?.origin.userName == "Ada")
    }

    @Test(
        "the bot may write in a chat unless it was removed or restricted to reading",
        arguments: [
            (["status": "restricted", "is_member": true, "can_send_messages": true], true),
            (["status": "restricted", "is_member": false, "can_send_messages": true], false),
            (["status": "restricted", "is_member": true, "can_send_messages": false], false),
            (["status": "member"], true), (["status": "kicked"], false), (["status": "left"], false),
        ] as [(JSONValue, Bool)]
    )
    func membership(_ member: JSONValue, isWelcome: Bool) async throws {
        let bot = try await receive(["new_chat_member": member], kind: "my_chat_member")
        #expect(try await bot.store.read { try $0.isMuted(chat: 42) } == !isWelcome)
    }
}

private struct Missing: Error {}
