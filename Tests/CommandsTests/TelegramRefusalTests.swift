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

/// How the bot handles each refusal in Telegram's table of errors.
@Suite("Refusals of Telegram", .timeLimit(.minutes(10)))
struct TelegramRefusalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let code: Int
        let text: String
        let action: String
        var testDescription: String { "\(code) \(text.prefix(60)): \(action)" }

        var refusal: TelegramRefusal {
            TelegramRefusal(
                code,
                text,
                retryAfter: code == 429 ? 17 : nil,
                migrateTo: action.contains("migrate") ? -1_001 : nil
            )
        }

        static func all(_ actions: String...) -> [Row] {
            let rows = Fixtures.required("botapi_subset.json")["errors"]?.array ?? []
            return rows.compactMap { row in
                guard let code = row.array?[0].integer, let text = row.array?[1].string,
                    let action = row.array?[2].string, actions.isEmpty || actions.contains(action)
                else { return nil }
                return Row(code: Int(code), text: text, action: action)
            }
        }
    }

    @Test("the tests below cover every action of the table")
    func complete() {
        #expect(Row.all().count > 20)
        let covered: Set = [
            "bad_chat", "bug", "split", "resend_plain", "treat_as_success", "send_new", "retry_without_reply",
            "retry_without_thread", "ignore", "link_instead", "follow parameters.migrate_to_chat_id",
            "fatal_config", "bad_url_or_token", "mute_chat", "wait parameters.retry_after", "retry",
            // Only for polling, and covered by the tests of the poller.
            "backoff_and_alert", "config",
            // The bot sends no file by an id of Telegram.
            "reupload",
        ]
        #expect(Set(Row.all().map(\.action)).subtracting(covered) == [])
    }

    @Test(
        "a message is sent again without the part that Telegram refuses",
        arguments: Row.all("resend_plain", "retry_without_reply", "retry_without_thread", "split")
    )
    func mended(_ row: Row) async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            await telegram.fail("sendMessage", .refuse(row.refusal))
            let message = try await chat.deliver(.bold("hello"), topic: 7, replyTo: 5)
            #expect(message.state == .sent)
            let call = try #require(await telegram.calls.first)
            let isFile = row.action == "split"
            #expect(call.method == (isFile ? "sendDocument" : "sendMessage"))
            #expect((isFile ? call.parameters["document"]?.string : call.plain) == "hello")
            #expect((call.text == "hello") == (row.action == "resend_plain"))
            #expect((call.parameters["message_thread_id"] == nil) == (row.action == "retry_without_thread"))
            #expect((call.parameters["reply_parameters"] == nil) == (row.action == "retry_without_reply"))
            // A refusal that only a bug of the bot causes is logged as an error.
            let isBug = ["resend_plain", "split"].contains(row.action)
            #expect(log.lines.contains { $0.hasPrefix("error ") } == isBug)
        }
    }

    @Test(
        "an edit that changes nothing counts as sent; an edit of a missing message is sent as a new message",
        arguments: Row.all("treat_as_success", "send_new")
    )
    func edits(_ row: Row) async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            try await chat.enqueueTraining()
            await chat.courier.deliverDue()
            try await chat.store.write { transaction in
                let run = try #require(try transaction.run(1))
                try transaction.scheduleLiveMessage(of: run, urgently: true, at: noon)
            }
            await telegram.fail("editMessageText", .refuse(row.refusal))
            for _ in 0..<3 { await chat.courier.deliverDue() }
            let sent = await telegram.calls.map(\.method)
            #expect(sent == (row.action == "send_new" ? ["sendMessage", "sendMessage"] : ["sendMessage"]))
            #expect(try await chat.store.read { try $0.openMessageCount() } == 0)
        }
    }

    @Test(
        "a chat that refuses the bot is muted; its messages wait and its run goes on",
        arguments: Row.all("mute_chat", "bad_chat")
    )
    func muted(_ row: Row) async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            try await chat.enqueueTraining()
            await telegram.fail("sendMessage", .refuse(row.refusal))
            await chat.courier.deliverDue()
            await chat.courier.deliverDue()
            #expect(await telegram.calls == [])
            #expect(try await chat.store.read { try $0.isMuted(chat: 42) })
            #expect(try await chat.store.read { try $0.openMessageCount() } == 1)
            #expect(try await chat.store.read { try $0.run(1)?.job.state } == .available)
        }
    }

    @Test(
        "the messages of a group follow it to the supergroup",
        arguments: Row.all("follow parameters.migrate_to_chat_id")
    )
    func moved(_ row: Row) async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            await telegram.fail("sendMessage", .refuse(row.refusal))
            let first = try await chat.deliver("hello", chat: -5)
            #expect(first.chatID == -1_001 && first.state == .pending)
            await chat.courier.deliverDue()
            #expect(await telegram.calls.map(\.chat) == [-1_001])
        }
    }

    @Test(
        "a message that was not delivered waits: as long as Telegram asks, or a second",
        arguments: Row.all("wait parameters.retry_after", "retry", "fatal_config", "bad_url_or_token")
    )
    func waits(_ row: Row) async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            await telegram.fail("sendMessage", .refuse(row.refusal))
            let message = try await chat.deliver("hello")
            #expect(message.state == .pending)
            let isTold = row.action.hasPrefix("wait")
            #expect(message.tries == (isTold ? 0 : 1))
            #expect(abs(message.notBefore.timeIntervalSince(noon) - (isTold ? 17 : 1)) < 0.01)
        }
    }

    @Test(
        "a message that Telegram refuses for good fails with the reason, and is logged",
        arguments: Row.all("bug").filter { !$0.text.contains("BUTTON") }
    )
    func failed(_ row: Row) async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            await telegram.fail("sendMessage", .refuse(row.refusal))
            let message = try await chat.deliver("hello")
            #expect(message.state == .failed)
            #expect(message.error?.contains(row.text) == true)
            #expect(log.lines.contains { $0.hasPrefix("error a message has failed for good") })
        }
    }

    @Test(
        "a file that is too large for Telegram is replaced by a text that says so",
        arguments: Row.all("link_instead")
    )
    func largeFile(_ row: Row) async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            await telegram.fail("sendDocument", .refuse(row.refusal))
            let message = try await chat.deliver(.plain(String(repeating: "line after line\n", count: 2_000)))
            #expect(message.state == .sent)
            let call = try #require(await telegram.calls.first)
            #expect(call.method == "sendMessage")
            #expect(call.plain.contains("message.txt cannot be sent: it is larger than Telegram allows"))
        }
    }

    @Test("a caption that is too long is dropped")
    func longCaption() async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            let refusal = TelegramRefusal(400, "Bad Request: message caption is too long")
            await telegram.fail("sendDocument", .refuse(refusal))
            _ = try await chat.deliver(.plain(String(repeating: "line after line\n", count: 2_000)))
            let call = try #require(await telegram.calls.first)
            #expect((call.method, call.text) == ("sendDocument", ""))
        }
    }

    @Test("a press that is too old to acknowledge is not logged", arguments: Row.all("ignore"))
    func oldButton(_ row: Row) async throws {
        try await ChatFixture.withTelegram { chat, telegram, log in
            await telegram.fail("answerCallbackQuery", .refuse(row.refusal))
            await #expect(throws: (any Error).self) { try await chat.surface.acknowledge(Toast(query: "q1")) }
            #expect(log.lines == [])
        }
    }

    @Test("every admin is warned of another program with the same token, at most once in six hours")
    func rival() async throws {
        let chat = try ChatFixture()
        try await chat.addMember(9, as: .admin)
        for hour in [0, 1, 5, 7] {
            try await chat.conversation.reportRival(now: noon + Double(hour) * 3_600)
        }
        let warnings = try await chat.outbox()
        #expect(warnings.map(\.chatID) == [9, 42, 9, 42])
        #expect(
            warnings.allSatisfy { $0.payload?.contains("Another program uses this bot's token.") == true }
        )
    }
}
