import Commands
import Contract
import Foundation
import HTTP
import Jobs
import Logging
import Store
import Support
import Telegram
import Testing

/// What becomes of a message, row by row of the table of Telegram's refusals.
@Suite("What Telegram refuses", .timeLimit(.minutes(10)))
struct RefusalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let code: Int
        let words: String
        let action: String
        var testDescription: String { "\(code) \(words.prefix(60)): \(action)" }

        var refusal: TelegramRefusal {
            TelegramRefusal(
                code,
                words,
                retryAfter: code == 429 ? 17 : nil,
                migrateTo: action.contains("migrate") ? -1_001 : nil
            )
        }

        static func all(_ actions: String...) -> [Row] {
            let rows = Fixtures.required("botapi_subset.json")["errors"]?.array ?? []
            return rows.compactMap { row in
                guard let code = row.array?[0].integer, let words = row.array?[1].string,
                    let action = row.array?[2].string, actions.isEmpty || actions.contains(action)
                else { return nil }
                return Row(code: Int(code), words: words, action: action)
            }
        }
    }

    @Test("every row of the table is one of those that are looked at here")
    func complete() {
        #expect(Row.all().count > 20)
        let looked: Set = [
            "bad_chat", "bug", "split", "resend_plain", "treat_as_success", "send_new", "retry_without_reply",
            "retry_without_thread", "ignore", "link_instead", "follow parameters.migrate_to_chat_id",
            "fatal_config", "bad_url_or_token", "mute_chat", "wait parameters.retry_after", "retry",
            // Of polling alone, and told where polling is tested.
            "backoff_and_alert", "config",
            // We name no file by an id of Telegram's.
            "reupload",
        ]
        #expect(Set(Row.all().map(\.action)).subtracting(looked) == [])
    }

    @Test(
        "a message that need not be lost is said again, otherwise",
        arguments: Row.all("resend_plain", "retry_without_reply", "retry_without_thread", "split")
    )
    func mended(_ row: Row) async throws {
        try await Desk.open { desk in
            await desk.fake.fail("sendMessage", .refuse(row.refusal))
            let message = try await desk.send(.bold("hello"), topic: 7, replyTo: 5)
            #expect(message.state == .sent)
            let call = try #require(await desk.fake.calls.first)
            let isFile = row.action == "split"
            #expect(call.method == (isFile ? "sendDocument" : "sendMessage"))
            #expect((isFile ? call.parameters["document"]?.string : call.plain) == "hello")
            #expect((call.text == "hello") == (row.action == "resend_plain"))
            #expect((call.parameters["message_thread_id"] == nil) == (row.action == "retry_without_thread"))
            #expect((call.parameters["reply_parameters"] == nil) == (row.action == "retry_without_reply"))
            // What is a bug of ours is logged as one.
            let isBug = ["resend_plain", "split"].contains(row.action)
            #expect(desk.book.lines.contains { $0.hasPrefix("error ") } == isBug)
        }
    }

    @Test(
        "an edit that changes nothing is a success, one of a lost message is sent anew",
        arguments: Row.all("treat_as_success", "send_new")
    )
    func edits(_ row: Row) async throws {
        try await Desk.open { desk in
            try await desk.startRun()
            await desk.courier.deliverDue()
            try await desk.refreshRun()
            await desk.fake.fail("editMessageText", .refuse(row.refusal))
            for _ in 0..<3 { await desk.courier.deliverDue() }
            let sent = await desk.fake.calls.map(\.method)
            #expect(sent == (row.action == "send_new" ? ["sendMessage", "sendMessage"] : ["sendMessage"]))
            #expect(try await desk.store.read { try $0.openMessageCount() } == 0)
        }
    }

    @Test(
        "a chat that refuses us is left alone, with all that waits for it, and its run goes on",
        arguments: Row.all("mute_chat")
    )
    func muted(_ row: Row) async throws {
        try await Desk.open { desk in
            try await desk.startRun()
            await desk.fake.fail("sendMessage", .refuse(row.refusal))
            await desk.courier.deliverDue()
            await desk.courier.deliverDue()
            #expect(await desk.fake.calls == [])
            #expect(try await desk.store.read { try $0.isMuted(chat: 42) })
            #expect(try await desk.store.read { try $0.openMessageCount() } == 1)
            #expect(try await desk.store.read { try $0.run(1)?.job.state } == .available)
        }
    }

    @Test(
        "a group that moved is followed with everything at once",
        arguments: Row.all("follow parameters.migrate_to_chat_id")
    )
    func moved(_ row: Row) async throws {
        try await Desk.open { desk in
            await desk.fake.fail("sendMessage", .refuse(row.refusal))
            let first = try await desk.send("hello", chat: -5)
            #expect(first.chatID == -1_001 && first.state == .pending)
            await desk.courier.deliverDue()
            #expect(await desk.fake.calls.map(\.chat) == [-1_001])
        }
    }

    @Test(
        "what is not delivered waits: as long as it is asked to, and without end",
        arguments: Row.all("wait parameters.retry_after", "retry", "fatal_config", "bad_url_or_token")
    )
    func waits(_ row: Row) async throws {
        try await Desk.open { desk in
            await desk.fake.fail("sendMessage", .refuse(row.refusal))
            let message = try await desk.send("hello")
            #expect(message.state == .pending)
            let isAsked = row.action.hasPrefix("wait")
            #expect(message.tries == (isAsked ? 0 : 1))
            #expect(abs(message.notBefore.timeIntervalSince(noon) - (isAsked ? 17 : 1)) < 0.01)
        }
    }

    @Test(
        "what can never be delivered is given up with the reason, and logged",
        arguments: Row.all("bad_chat", "bug")
    )
    func givenUp(_ row: Row) async throws {
        try await Desk.open { desk in
            await desk.fake.fail("sendMessage", .refuse(row.refusal))
            let message = try await desk.send("hello")
            #expect(message.state == .failed)
            #expect(message.error?.contains(row.words) == true)
            #expect(desk.book.lines.contains { $0.hasPrefix("error a message is given up") })
        }
    }

    @Test(
        "a file that Telegram does not take is told of, and the message is not lost",
        arguments: Row.all("link_instead")
    )
    func largeFile(_ row: Row) async throws {
        try await Desk.open { desk in
            await desk.fake.fail("sendDocument", .refuse(row.refusal))
            let message = try await desk.send(.plain(String(repeating: "line after line\n", count: 2_000)))
            #expect(message.state == .sent)
            let call = try #require(await desk.fake.calls.first)
            #expect(call.method == "sendMessage")
            #expect(call.plain.hasSuffix("message.txt is larger than Telegram takes: 32.0 KB."))
        }
    }

    @Test("a caption that is too long is left out")
    func longCaption() async throws {
        try await Desk.open { desk in
            let refusal = TelegramRefusal(400, "Bad Request: message caption is too long")
            await desk.fake.fail("sendDocument", .refuse(refusal))
            _ = try await desk.send(.plain(String(repeating: "line after line\n", count: 2_000)))
            let call = try #require(await desk.fake.calls.first)
            #expect((call.method, call.text) == ("sendDocument", ""))
        }
    }

    @Test("a button that is too old to be acknowledged disturbs nobody", arguments: Row.all("ignore"))
    func oldButton(_ row: Row) async throws {
        try await Desk.open { desk in
            await desk.fake.fail("answerCallbackQuery", .refuse(row.refusal))
            await #expect(throws: (any Error).self) { try await desk.surface.acknowledge(Toast(query: "q1")) }
            #expect(desk.book.lines == [])
        }
    }

    @Test("the owner hears of another bot with the same token, once in a while")
    func rival() async throws {
        let room = try Room()
        try await room.store.write { try $0.save(Member(userID: 9, role: .admin, name: "x", addedAt: noon)) }
        for hour in [0, 1, 5, 7] {
            try await room.conversation.reportRival(now: noon + Double(hour) * 3_600)
        }
        let told = try await room.outbox()
        #expect(told.map(\.chatID) == [9, 42, 9, 42])
        #expect(told.allSatisfy { $0.payload?.contains("Another program uses this bot's token.") == true })
    }
}
