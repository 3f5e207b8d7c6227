import Commands
import Contract
import Store
import Testing

@Suite("/verify")
struct VerifyTests {
    /// A training by Ada that succeeded.
    private func trained(_ settings: String = "") async throws -> ChatFixture<RecordingSurface> {
        let chat = try ChatFixture()
        try await chat.send("/train l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8 \(settings)")
        try await chat.report(.completed(outcome: .iris))
        return chat
    }

    @Test("a verification has the time limit of its training, and a button doubles it")
    func hours() async throws {
        let chat = try await trained("hours=30")
        try await chat.send("/verify 1")
        let arguments = VerifyArguments(blob: .irisReceipt, run: 1, hours: 30)
        #expect(try await chat.runs().first?.work == .verify(arguments))
        #expect(Work.verify(arguments).timeLimit == .seconds(30 * 3_600))
        let late = Failure(phase: .training, reason: "late", advice: "Wait.", remedy: .moreTime)
        try await chat.report(.failed(failure: late), run: 2)
        _ = try await chat.press("m:2")
        let longer = VerifyArguments(blob: .irisReceipt, run: 1, hours: 60)
        #expect(try await chat.runs().first?.work == .verify(longer))
    }

    @Test("/verify with the number of a verification repeats that verification")
    func again() async throws {
        let chat = try await trained()
        try await chat.send("/verify 1")
        try await chat.send("/verify 2")
        let runs = try await chat.runs()
        #expect(runs.count == 3)
        #expect(runs[0].work == runs[1].work)
    }

    @Test("only an admin can verify a run of another chat")
    func elsewhere() async throws {
        let chat = try await trained()
        try await chat.addMember(8, as: .operator)
        let answer = try await chat.send("/verify 1", user: 8, chat: 8).first
        #expect(answer?.hasPrefix("This chat has no receipt of run 1:") == true)
        #expect(try await chat.runs(chat: 8).isEmpty)
        let toast = try await chat.press("v:1", user: 8, chat: 8)
        #expect(toast?.text?.hasPrefix("This chat has no receipt of run 1:") == true)
        try await chat.send("/verify 1", user: 42, chat: 43)
        #expect(try await chat.runs(chat: 43).count == 1)
    }

    @Test("a button that is pressed twice starts one verification")
    func twice() async throws {
        let chat = try await trained()
        _ = try await chat.press("v:1")
        #expect(try await chat.press("v:1")?.text == "Run 2 does this already.")
        #expect(try await chat.runs().count == 2)
    }
}
