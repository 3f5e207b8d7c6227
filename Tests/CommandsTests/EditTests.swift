import Commands
import Contract
import Foundation
import Store
import Telegram
import Testing

@Suite("Edited messages")
struct EditTests {
    private func edit(
        _ chat: ChatFixture<RecordingSurface>,
        _ text: String,
        sent: Date = noon,
        in place: ChatID = 42
    ) async throws -> [String] {
        try await chat.handle(.text(text), chat: place) { ($0.isEdit, $0.sentAt) = (true, sent) }.answers
    }

    @Test(
        "a message is read again as long as nothing was done",
        arguments: ["/trian \(Demo.blob)", "/train", "train \(Demo.blob.prefix(42))", "/train 44", "/runs"]
    )
    func corrected(_ former: String) async throws {
        let chat = try ChatFixture()
        try await chat.send(former)
        #expect(try await edit(chat, "/train \(Demo.blob) trees=9") == ["liveMessage"])
        #expect(try await chat.runs().count == 1)
    }

    @Test("a message that a group's bot was silent about is read again")
    func silent() async throws {
        let chat = try ChatFixture()
        #expect(try await chat.send("/trian 1", chat: -9) == [])
        #expect(try await edit(chat, "/train \(Demo.blob)", in: -9) == ["liveMessage"])
    }

    @Test("an edit of a command that was performed gets one sentence, and starts nothing")
    func performed() async throws {
        let chat = try ChatFixture()
        try await chat.send("/train \(Demo.blob)")
        #expect(try await edit(chat, "/train  \(Demo.blob)") == [])
        let told = try await edit(chat, "/train \(Demo.blob) trees=3")
        #expect(told.first?.hasPrefix("Run 1 has begun with the former text") == true)
        #expect(try await edit(chat, "/train \(Demo.blob) trees=4") == [])
        #expect(try await chat.runs().count == 1)
        try await chat.send("/register one", message: 12)
        let other = try await chat.handle(.text("/register two"), message: 12) { $0.isEdit = true }.answers
        #expect(other.first?.hasPrefix("I have acted on the former text") == true)
        #expect(try await chat.send("/list").first?.contains("two") == false)
    }

    @Test("a message of long ago is not read again")
    func late() async throws {
        let chat = try ChatFixture()
        try await chat.send("/trian 1")
        #expect(try await edit(chat, "/train \(Demo.blob)", sent: noon - 7_200) == [])
        #expect(try await chat.runs().isEmpty)
    }

    @Test("the new answer replaces the one to the former text")
    func inPlace() async throws {
        let chat = try ChatFixture()
        try await chat.send("/statsu")
        await chat.deliver()
        let refusal = try #require(try await chat.outbox().first?.messageID)
        _ = try await edit(chat, "/status")
        let row = try #require(try await chat.outbox().last)
        #expect(try await chat.render(row)?.edits == refusal)
    }
}
