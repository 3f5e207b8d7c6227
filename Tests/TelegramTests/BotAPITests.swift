import Contract
import HTTP
import Support
import Telegram
import Testing

@Suite("Calls to Telegram", .timeLimit(.minutes(1)))
struct BotAPITests {
    /// Every refusal that Telegram is known to make, and what we take it for.
    private static let refusals: [(Int, String, TelegramError)] = {
        let rows = Fixtures.required("botapi_subset.json")["errors"]?.array ?? []
        return rows.compactMap { row in
            guard let code = row.array?[0].integer, let text = row.array?[1].string,
                let action = row.array?[2].string
            else { return nil }
            return (Int(code), text, meaning(of: Int(code), text, action))
        }
    }()

    private static func meaning(of code: Int, _ text: String, _ action: String) -> TelegramError {
        switch action {
        case "treat_as_success": .notModified
        case "send_new": .cannotEdit(text)
        case "resend_plain": .cannotParse(text)
        case "retry_without_thread": .threadNotFound
        case "follow parameters.migrate_to_chat_id": .migrated(to: -1_001)
        case "fatal_config", "bad_url_or_token": .unauthorized
        case "mute_chat": .forbidden(text)
        case "wait parameters.retry_after": .retryAfter(seconds: 17)
        case "retry_without_reply": .replyNotFound
        case "split": .tooLong(text)
        case "link_instead": .fileTooLarge
        case "retry": .server(code)
        default: code == 409 ? .conflict(text) : .badRequest(text)
        }
    }

    @Test("the table of refusals is there")
    func table() {
        #expect(Self.refusals.count > 30)
    }

    @Test("every refusal is understood as its row in the table says", arguments: refusals)
    func refusal(_ code: Int, _ text: String, _ expected: TelegramError) async throws {
        let fake = BotAPIFake()
        await fake.fail(
            "sendMessage",
            .refuse(
                TelegramRefusal(
                    code,
                    text,
                    retryAfter: code == 429 ? 17 : nil,
                    migrateTo: text.contains("upgraded") ? -1_001 : nil
                )
            )
        )
        try await withBot(fake) { api in
            await #expect(throws: expected) {
                _ = try await api.sendMessage(OutgoingMessage(chat: 42, text: "hello"))
            }
        }
    }

    @Test("a message arrives with all that belongs to it")
    func send() async throws {
        let fake = BotAPIFake()
        let keyboard = InlineKeyboard([
            [.callback("Go", "t:1", style: .primary), .copy("Copy", "x"), .url("Open", "https://a.example")]
        ])
        let message = OutgoingMessage(
            chat: -5,
            topic: 7,
            replyTo: 3,
            text: "a < " + .bold("b"),
            keyboard: keyboard,
            isSilent: true
        )
        try await withBot(fake) { api in
            let id = try await api.sendMessage(message)
            try await api.editMessageText(id, OutgoingMessage(chat: -5, text: "new"))
            try await api.answerCallbackQuery("q1", text: "done", isAlert: true)
        }
        let calls = await fake.calls
        #expect(calls.map(\.method) == ["sendMessage", "editMessageText", "answerCallbackQuery"])
        let sent = calls[0].parameters
        #expect(sent["text"] == "a &lt; <b>b</b>")
        #expect(sent["message_thread_id"] == 7)
        #expect(sent["reply_parameters"] == ["message_id": 3, "allow_sending_without_reply": true])
        #expect(sent["disable_notification"] == true)
        #expect(calls[0].buttons == ["t:1"])
        #expect(await fake.violations == [])
    }

    @Test("a file arrives whole, whatever its name and content")
    func document() async throws {
        let fake = BotAPIFake()
        let content = (0..<200).map { "line \($0)" }.joined(separator: "\n")
        try await withBot(fake) { api in
            _ = try await api.sendDocument(
                Array(content.utf8),
                name: "a\"b\r\nc.txt",
                OutgoingMessage(chat: 42, text: .bold("the log"))
            )
        }
        let call = try #require(await fake.calls.first)
        #expect(call.parameters["document"]?.string == content)
        #expect(call.parameters["caption"] == "<b>the log</b>")
        #expect(await fake.violations == [])
    }

    @Test("what nobody answered may have been done; what never left was not")
    func fate() async throws {
        let fake = BotAPIFake()
        await fake.fail("sendMessage", .loseAnswer)
        try await withBot(fake) { api in
            let error = await #expect(throws: TelegramError.self) {
                _ = try await api.sendMessage(OutgoingMessage(chat: 42, text: "hello"))
            }
            // Our fake answers 500 to what it lost, which says the same as Telegram's own 500: try again.
            #expect(error == .server(500))
        }
        let unreachable = BotAPI(
            token: try BotToken(BotAPIFake.token),
            server: try BaseURL("http://127.0.0.1:9")
        )
        let error = await #expect(throws: TelegramError.self) { _ = try await unreachable.getMe() }
        guard case .neverSent(let reason)? = error else { throw Unexpected(error) }
        #expect(!reason.contains("AAFake"))
    }

    @Test("a wrong token is told as one", arguments: ["4242:AAWrong"])
    func wrongToken(_ token: String) async throws {
        let fake = BotAPIFake()
        try await withLoopbackServer(fake.router) { server in
            let api = BotAPI(token: try BotToken(token), server: server)
            await #expect(throws: TelegramError.unauthorized) { _ = try await api.getMe() }
        }
    }

    @Test(
        "what is no token is refused unread, and no token shows itself",
        arguments: ["", "abc", "123", ":abc", "12:", "0:abc", "12:a b", "12:a/b", "12:é"]
    )
    func tokens(_ text: String) throws {
        #expect(throws: TelegramError.malformedToken) { try BotToken(text) }
        let token = try BotToken(BotAPIFake.token)
        #expect(!"\(token) \(String(reflecting: token))".contains("AAFake"))
    }
}

/// Runs `body` with the API of a bot whose Telegram is `fake`.
func withBot(_ fake: BotAPIFake, _ body: @Sendable (BotAPI) async throws -> Void) async throws {
    try await withLoopbackServer(fake.router) { server in
        try await body(BotAPI(token: BotToken(BotAPIFake.token), server: server))
    }
}

private struct Unexpected: Error {
    let error: (any Error)?
    init(_ error: (any Error)?) { self.error = error }
}
