import Contract
import Commands
import Testing

@Suite("The courier's patience")
struct CourierLimitsTests {
    @Test("a chat gets no more than its limit, others go on meanwhile, and nothing is lost")
    func limits() async throws {
        let post = try Post(.telegram)
        let numbers = (0..<25).map(String.init)
        for number in numbers { try await post.write(number, chat: -5) }
        try await post.write("hello", chat: 7)
        for _ in 0..<5 { await post.deliver() }
        #expect(post.texts.filter { $0 != "hello" } == Array(numbers.prefix(20)))
        #expect(post.texts.contains("hello"))
        await post.deliver(after: 59)
        #expect(post.texts.count == 21)
        for _ in 0..<5 { await post.deliver(after: 1) }
        #expect(post.texts.filter { $0 != "hello" } == numbers)
    }

    @Test("an answer goes at once, however many posts wait in its chat", arguments: [7, -5] as [ChatID])
    func flood(_ chat: ChatID) async throws {
        let post = try Post(.telegram)
        for number in 0..<50 { try await post.post("\(number)", chat: chat) }
        await post.deliver()
        let sent = post.texts.count
        #expect(sent == (chat > 0 ? 4 : 15))
        try await post.write("answer", chat: chat)
        await post.deliver()
        #expect(post.texts.count == sent + 1)
        #expect(post.texts.last == "answer")
    }

    @Test("two chats that ask for a pause are a sign that all should wait")
    func pauses() async throws {
        let post = try Post()
        try await post.write("a", chat: 1)
        post.board.fail(.wait(.seconds(30)))
        await post.deliver()
        try await post.write("b", chat: 2)
        post.board.fail(.wait(.seconds(10)))
        await post.deliver()
        try await post.write("c", chat: 3)
        await post.deliver(after: 5)
        #expect(post.texts == [])
        await post.deliver(after: 6)
        #expect(post.texts == ["b"])
        await post.deliver(after: 20)
        #expect(Set(post.texts) == ["a", "b", "c"])
    }
}
