import Commands
import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("Prices and the budget")
struct MoneyTests {
    private static let policy: ChatPolicy = {
        var policy = ChatPolicy.test
        policy.dailyBudget = 0.5
        return policy
    }()

    /// A chat whose runs wait for consent to their price.
    private func fixture(runs: Int = 1) async throws -> ChatFixture<RecordingSurface> {
        let chat = try ChatFixture(Self.policy)
        for _ in 0..<runs {
            #expect(try await chat.send("/train \(Demo.blob) engine=fluence") == ["liveMessage"])
        }
        await chat.setPrice(0.2)
        return chat
    }

    private static func noConsent(_ run: RunID) -> String {
        "Run \(run) does not wait for consent: it has no price yet, or somebody agreed, or it has ended. /status shows it."
    }

    private func claimable(in chat: ChatFixture<RecordingSurface>) async throws -> [RunID?] {
        try await chat.store.read {
            try $0.claimableJobs(of: .train, on: .fluence, now: noon + 9, limit: 9).map(\.runID)
        }
    }

    @Test("a machine is rented only after an admin has agreed to its price")
    func consent() async throws {
        let chat = try await fixture()
        await chat.deliver()
        #expect(
            chat.surface.texts.last?.hasPrefix(
                "Run 1 · waits for an admin's consent: about $0.20 for 6 hours"
            ) == true
        )
        #expect(try await claimable(in: chat) == [])
        #expect(try await chat.press("p:1")?.text == "Run 1 rents a machine for about $0.20.")
        #expect(try await claimable(in: chat) == [1])
        #expect(try await chat.press("p:1")?.text == Self.noConsent(1))
        #expect(try await chat.press("p:7")?.text == Self.noConsent(7))
    }

    @Test("a price over the budget of 24 hours is refused, and is allowed the day after")
    func budget() async throws {
        let chat = try await fixture(runs: 3)
        #expect(try await chat.press("p:1")?.text == "Run 1 rents a machine for about $0.20.")
        #expect(try await chat.press("p:2")?.text == "Run 2 rents a machine for about $0.20.")
        let refusal =
            "$0.20 more would exceed the budget: $0.40 of $0.50 was agreed to in the last 24 hours. Wait, or ask the owner to "
            + "raise OKAI_DAILY_BUDGET_USD."
        #expect(try await chat.press("p:3")?.text == refusal)
        #expect(try await claimable(in: chat) == [1, 2])
        let spent = try await chat.store.read { try $0.consentedPrice(since: noon + 1) }
        #expect(spent == 0)
    }

    @Test("the summary before the start shows the last price, and that an admin must agree")
    func summary() async throws {
        var policy = Self.policy
        policy.engine = .fluence
        let chat = try ChatFixture(policy)
        try await chat.handle(.file(ChatFile(id: "f", name: "iris.csv", size: 3_858), caption: nil))
        try await chat.report(.completed(outcome: .stored(card: .irises(.iris))))
        let column = "k:\(BlobID.iris):4"
        let consent = "An admin sees the price and must agree before money is spent."
        let first = try await chat.handle(.press(data: column, query: "q")).answers.last
        #expect(first?.contains("\n\(consent)") == true)
        try await chat.send("/train \(BlobID.iris) engine=fluence")
        await chat.setPrice(0.2)
        let second = try await chat.handle(.press(data: column, query: "q")).answers.last
        #expect(second?.contains("About $0.20 for 6 hours, as last time. \(consent)") == true)
    }

    @Test("a run without a price, or a cancelled run, needs no consent")
    func notYet() async throws {
        let chat = try ChatFixture(Self.policy)
        try await chat.send("/train \(Demo.blob) engine=fluence")
        await chat.setPrice(nil)
        #expect(try await chat.press("p:1")?.text == Self.noConsent(1))
        await chat.setPrice(0.2)
        try await chat.send("/cancel 1")
        #expect(try await chat.press("p:1")?.text == Self.noConsent(1))
        #expect(try await claimable(in: chat) == [])
    }

    @Test("operators cannot rent machines, and nobody can without a budget")
    func permissions() async throws {
        let chat = try ChatFixture(Self.policy)
        try await chat.addMember(8, as: .operator)
        let refusal =
            "The engine fluence needs the role admin, and yours is operator. Ask an admin to do it, or to invite you with that "
            + "role."
        let command = "/train \(Demo.blob) engine=fluence"
        #expect(try await chat.send(command, user: 8, chat: -5) == [refusal])
        try await chat.send(command, chat: -5)
        await chat.setPrice(0.2)
        #expect(
            try await chat.press("p:1", user: 8, chat: -5)?.text
                == "This button needs the role admin, and yours is operator. Ask an admin."
        )
        #expect(try await claimable(in: chat) == [])
        try await chat.send("/cancel 1", chat: -5)
        #expect(try await chat.press("a:1", user: 8, chat: -5)?.text == refusal)
        let poor = try ChatFixture()
        #expect(try await poor.send(command).first?.contains("OKAI_DAILY_BUDGET_USD") == true)
        #expect(try await poor.runs().isEmpty)
    }
}
