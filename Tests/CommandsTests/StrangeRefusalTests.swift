import Commands
import Contract
import Foundation
import Jobs
import Store
import Support
import Telegram
import Testing

/// Refusals that do not fit the message, and chats that take text but no files.
@Suite("Strange refusals of Telegram", .timeLimit(.minutes(5)))
struct StrangeRefusalTests {
    /// Answers to a text that only another call deserves.
    private static let misplaced = [
        "Bad Request: message is not modified: the same content", "Bad Request: message to edit not found",
        "Bad Request: message can't be edited", "Bad Request: file is too big",
    ]

    @Test("a refusal that makes no sense for a text delays it, and does not fail it", arguments: misplaced)
    func kept(_ reason: String) async throws {
        try await ChatFixture.withTelegram { chat, telegram, _ in
            await telegram.fail("sendMessage", .refuse(TelegramRefusal(400, reason)))
            let message = try await chat.deliver("barrels are full")
            #expect((message.state, message.urgency, message.tries) == (.pending, .held, 1))
            #expect(message.notBefore > noon)
        }
    }

    @Test(
        "the text below a file comes after the file if Telegram takes no such caption",
        arguments: ["sendPhoto", "sendDocument"]
    )
    func captionAfterFile(_ method: String) async throws {
        try await ChatFixture.withTelegram { chat, telegram, _ in
            try await withTemporaryFolder { folder in
                let path = "\(folder)/pressure.png"
                try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
                let tooLong = TelegramRefusal(400, "Bad Request: MEDIA_CAPTION_TOO_LONG")
                await telegram.fail(method, .refuse(tooLong))
                let message = OutgoingMessage(chat: 42, text: "valve 3")
                if method == "sendPhoto" {
                    _ = try await chat.surface.send(photo: path, name: "pressure.png", message)
                } else {
                    _ = try await chat.surface.send(file: path, name: "pressure.png", message)
                }
                let calls = await telegram.calls
                #expect(calls.map(\.method) == [method, "sendMessage"])
                #expect(calls.last?.text == "valve 3")
            }
        }
    }

    @Test("a long text comes as messages where no files are allowed")
    func textInsteadOfFile() async throws {
        try await ChatFixture.withTelegram { chat, telegram, _ in
            let refusal = TelegramRefusal(400, "Bad Request: not enough rights to send documents to the chat")
            await telegram.fail("sendDocument", .refuse(refusal))
            let words = String(repeating: "grape after grape\n", count: 6_000)
            let message = try await chat.deliver(.plain(words))
            #expect(message.state == .sent)
            let texts = await telegram.calls.map { $0.plain }
            #expect(texts.count == 22)
            #expect(texts.allSatisfy { $0.utf16.count <= HTMLText.messageLimit })
            #expect(texts.last?.hasSuffix("characters left out: this chat takes no files)") == true)
        }
    }

    @Test("a post that is refused for good is told with the reason, not as one of a muted chat")
    func refusedPost() async throws {
        try await ChatFixture.withTelegram { chat, telegram, _ in
            await telegram.fail(
                "sendMessage",
                .refuse(TelegramRefusal(400, "Bad Request: message text is empty"))
            )
            try await chat.store.write { transaction in
                try transaction.enqueue(
                    NewMessage(.post(TopicPost(topic: "cellar", text: "9 bar")), chat: 42, createdAt: noon)
                )
            }
            for _ in 0..<2 { await chat.courier.deliverDue() }
            let told = await telegram.calls.last?.plain
            #expect(
                told
                    == "A post to cellar cannot be shown here. Telegram refuses it: Bad Request: message text is empty"
            )
        }
    }
}
