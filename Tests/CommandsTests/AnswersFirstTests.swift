import Commands
import Contract
import Foundation
import Store
import Testing

@Suite("Answers come first")
struct AnswersFirstTests {
    @Test(
        "an answer comes before the first messages of runs and the ends of others",
        arguments: [42, -5] as [ChatID]
    )
    func queue(_ place: ChatID) async throws {
        let chat = try ChatFixture(limits: .telegram)
        for _ in 0..<60 { try await chat.enqueueTraining(chat: place) }
        await chat.deliver()
        for run in 1...40 {
            _ = try await chat.store.write {
                try $0.enqueue(NewMessage(.ended(RunID(Int64(run))), chat: place, createdAt: noon))
            }
        }
        await chat.deliver(after: 1)
        let sent = chat.surface.texts.count
        try await chat.send("/help", chat: place)
        await chat.deliver(after: 1)
        #expect(chat.surface.texts.dropFirst(sent).first?.contains("/train") == true)
    }

    @Test("the end of a waiting run that a person cancels is an answer, and comes before other ends")
    func cancelled() async throws {
        let chat = try ChatFixture()
        for _ in 0..<9 { try await chat.enqueueTraining(chat: 42) }
        for run in 1...7 { try await chat.report(.completed(outcome: .iris), run: RunID(Int64(run))) }
        try await chat.send("/cancel 9")
        await chat.deliver()
        #expect(chat.surface.texts.first?.hasPrefix("Run 9 was cancelled") == true)
    }

    @Test("an end comes before the first messages of other runs")
    func ends() async throws {
        let chat = try ChatFixture()
        for _ in 0..<3 { try await chat.enqueueTraining(chat: 1) }
        try await chat.report(.completed(outcome: .iris), run: 3)
        await chat.deliver()
        #expect(chat.surface.texts[0].hasPrefix("Run 3 finished"))
        // The run that has ended needs no live message.
        #expect(chat.surface.texts.dropFirst().map { $0.prefix(5) } == ["Run 1", "Run 2"])
    }

    @Test("what is said again and again is answered once, and the next question at once")
    func equal() async throws {
        let chat = try ChatFixture()
        for _ in 0..<50 { try await chat.send("good morning") }
        try await chat.send("/status")
        #expect(try await chat.outbox().count == 2)
        await chat.deliver()
        #expect(try await chat.send("good morning").count == 1)
    }

    @Test("a secret that is said twice says that it replaces the first")
    func secretTwice() async throws {
        let chat = try ChatFixture()
        for command in ["/register kiln", "/invite viewer"] {
            chat.surface.fail(.unknownFate("reset"))
            try await chat.send(command)
            await chat.deliver()
            await chat.deliver(after: 2)
            let texts = chat.surface.texts.suffix(2)
            #expect(texts.first?.contains("Use this one instead") == false)
            #expect(
                texts.last?.contains("in the message before, if there is one, opens nothing any more") == true
            )
        }
    }

    @Test("a secret that a gateway may have passed on before it answered 502 is replaced as well")
    func secretBehindGateway() async throws {
        let chat = try ChatFixture()
        for command in ["/register loom", "/invite operator"] {
            chat.surface.fail(.tryLater("502"))
            try await chat.send(command)
            await chat.deliver()
            await chat.deliver(after: 2)
            #expect(chat.surface.texts.last?.contains("Use this one instead") == true)
        }
    }
}
