import Commands
import Contract
import Store
import Testing

@Suite("The courier and the limits of chats")
struct CourierLimitsTests {
    @Test("a chat at its limit waits, other chats do not, and no message is lost")
    func limits() async throws {
        let chat = try ChatFixture(limits: .telegram)
        let numbers = (0..<25).map(String.init)
        for number in numbers { try await chat.enqueue(number, chat: -5) }
        try await chat.enqueue("hello", chat: 7)
        for _ in 0..<5 { await chat.deliver() }
        #expect(chat.surface.texts.filter { $0 != "hello" } == Array(numbers.prefix(20)))
        #expect(chat.surface.texts.contains("hello"))
        await chat.deliver(after: 59)
        #expect(chat.surface.texts.count == 21)
        for _ in 0..<5 { await chat.deliver(after: 1) }
        #expect(chat.surface.texts.filter { $0 != "hello" } == numbers)
    }

    @Test("an answer is sent at once, even if many posts wait in its chat", arguments: [7, -5] as [ChatID])
    func flood(_ place: ChatID) async throws {
        let chat = try ChatFixture(limits: .telegram)
        for number in 0..<50 {
            try await chat.enqueue(TopicPost(topic: "ci", text: "\(number)"), chat: place)
        }
        await chat.deliver()
        let sent = chat.surface.texts.count
        #expect(sent == (place.isGroup ? 15 : 4))
        try await chat.enqueue("answer", chat: place)
        await chat.deliver()
        #expect(chat.surface.texts.count == sent + 1)
        #expect(chat.surface.texts.last == "answer")
    }

    @Test("while two chats are paused, all chats wait")
    func pauses() async throws {
        let chat = try ChatFixture()
        try await chat.enqueue("a", chat: 1)
        chat.surface.fail(.wait(.seconds(30)))
        await chat.deliver()
        try await chat.enqueue("b", chat: 2)
        chat.surface.fail(.wait(.seconds(10)))
        await chat.deliver()
        try await chat.enqueue("c", chat: 3)
        await chat.deliver(after: 5)
        #expect(chat.surface.texts == [])
        await chat.deliver(after: 6)
        #expect(chat.surface.texts == ["b"])
        await chat.deliver(after: 20)
        #expect(Set(chat.surface.texts) == ["a", "b", "c"])
    }
}
