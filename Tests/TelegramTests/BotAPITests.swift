import Contract
import Foundation
import HTTP
import Support
import Telegram
import Testing

@Suite("Calls to Telegram", .timeLimit(.minutes(10)))
struct BotAPITests {
    /// Every known error of the Bot API and the error that the client makes of it.
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
        case "bad_chat": .forbidden(text)
        case "bug" where text.contains("BUTTON"): .badButtons(text)
        case "bug": .unacceptable(text)
        default: code == 409 ? .conflict(text) : .badRequest(text)
        }
    }

    @Test("the table of errors is not empty")
    func table() {
        #expect(Self.refusals.count > 30)
    }

    @Test("every error of the Bot API becomes the expected case", arguments: refusals)
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

    @Test("a message is sent with all its parameters")
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

    @Test("a file is sent with its content and caption, also under a name with quotes and line breaks")
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

    @Test("a file on disk is sent with its content, and a missing one is an unreadable file")
    func documentOnDisk() async throws {
        let fake = BotAPIFake()
        try await withTemporaryFolder { folder in
            let path = "\(folder)/answer.csv"
            try Data("a,b\n1,2\n".utf8).write(to: URL(filePath: path))
            try await withBot(fake) { api in
                let message = OutgoingMessage(chat: 42, topic: 7, text: "two columns")
                _ = try await api.sendDocument(file: path, name: "answer.csv", message)
                let error = await #expect(throws: TelegramError.self) {
                    try await api.sendDocument(file: "\(folder)/missing", name: "answer.csv", message)
                }
                guard case .unreadableFile? = error else { throw Unexpected(error) }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["answer.csv"])
        }
        let calls = await fake.calls
        #expect(calls.count == 1)
        #expect(calls.first?.parameters["document"]?.string == "a,b\n1,2\n")
        #expect(calls.first?.parameters["message_thread_id"] == 7)
    }

    @Test("a lost response is a server error; a refused connection is an error before sending")
    func fate() async throws {
        let fake = BotAPIFake()
        await fake.fail("sendMessage", .loseAnswer)
        try await withBot(fake) { api in
            let error = await #expect(throws: TelegramError.self) {
                _ = try await api.sendMessage(OutgoingMessage(chat: 42, text: "hello"))
            }
            // The fake closes a lost request with status 500, which means the same as Telegram's own 500: retry.
            #expect(error == .server(500))
        }
        let unreachable = BotAPI(
            token: try BotToken(BotAPIFake.token),
            server: try BaseURL("http://127.0.0.1:9")
        )
        let error = await #expect(throws: TelegramError.self) { _ = try await unreachable.getMe() }
        guard case .notSent(let reason)? = error else { throw Unexpected(error) }
        #expect(!reason.contains("AAFake"))
    }

    @Test("a wrong token is an authorization error", arguments: ["4242:AAWrong"])
    func wrongToken(_ token: String) async throws {
        let fake = BotAPIFake()
        try await withLoopbackServer(fake.router) { server in
            let api = BotAPI(token: try BotToken(token), server: server)
            await #expect(throws: TelegramError.unauthorized) { _ = try await api.getMe() }
        }
    }

    @Test(
        "a malformed token is rejected, and no token appears in descriptions",
        arguments: ["", "abc", "123", ":abc", "12:", "0:abc", "12:a b", "12:a/b", "12:é"]
    )
    func tokens(_ text: String) throws {
        #expect(throws: TelegramError.malformedToken) { try BotToken(text) }
        let token = try BotToken(BotAPIFake.token)
        #expect(!"\(token) \(String(reflecting: token))".contains("AAFake"))
    }
}

/// Runs `body` with a client of `fake`.
func withBot(_ fake: BotAPIFake, _ body: @Sendable (BotAPI) async throws -> Void) async throws {
    try await withLoopbackServer(fake.router) { server in
        try await body(BotAPI(token: BotToken(BotAPIFake.token), server: server))
    }
}

private struct Unexpected: Error {
    let error: (any Error)?
    init(_ error: (any Error)?) { self.error = error }
}
