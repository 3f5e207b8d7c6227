import Commands
import Contract
import Store
import Testing

@Suite("Verifying from the chat")
struct VerifyTests {
    private static let receipt = BlobID(bytes: Array(3...34))

    /// A training by Ada that succeeded.
    private func trained(_ settings: String = "") async throws -> Room {
        let room = try Room()
        try await room.hear("/train l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8 \(settings)")
        try await room.end(1, .completed(outcome: .iris))
        return room
    }

    @Test("a run's receipt may take as long as its training could; more time is twice as much")
    func hours() async throws {
        let room = try await trained("hours=30")
        try await room.hear("/verify 1")
        let arguments = VerifyArguments(blob: Self.receipt, run: 1, hours: 30)
        #expect(try await room.runs().first?.work == .verify(arguments))
        #expect(Work.verify(arguments).timeLimit == .seconds(30 * 3_600))
        let late = Failure(phase: .training, reason: "late", advice: "Wait.", remedy: .moreTime)
        try await room.end(2, .failed(failure: late))
        _ = try await room.press("m:2")
        let longer = VerifyArguments(blob: Self.receipt, run: 1, hours: 60)
        #expect(try await room.runs().first?.work == .verify(longer))
    }

    @Test("a verification is verified as what it was about")
    func again() async throws {
        let room = try await trained()
        try await room.hear("/verify 1")
        try await room.hear("/verify 2")
        let runs = try await room.runs()
        #expect(runs.count == 3)
        #expect(runs[0].work == runs[1].work)
    }

    @Test("runs of other chats are not there, unless an admin asks")
    func elsewhere() async throws {
        let room = try await trained()
        try await room.store.write {
            try $0.save(Member(userID: 8, role: .operator, name: "Grace", addedAt: noon))
        }
        let answer = try await room.hear("/verify 1", user: 8, chat: 8).first
        #expect(answer?.hasPrefix("Run 1 has no receipt here.") == true)
        #expect(try await room.runs(chat: 8).isEmpty)
        let toast = try await room.press("v:1", user: 8, chat: 8)
        #expect(toast?.text?.hasPrefix("Run 1 has no receipt here.") == true)
        try await room.hear("/verify 1", user: 42, chat: 43)
        #expect(try await room.runs(chat: 43).count == 1)
    }

    @Test("an impatient finger starts one verification")
    func twice() async throws {
        let room = try await trained()
        _ = try await room.press("v:1")
        #expect(try await room.press("v:1")?.text == "Run 2 is on it already.")
        #expect(try await room.runs().count == 2)
    }
}
