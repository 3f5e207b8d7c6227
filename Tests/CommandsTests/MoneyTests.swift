import Commands
import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("What costs money")
struct MoneyTests {
    private static let policy: ChatPolicy = {
        var policy = ChatPolicy.lab
        policy.dailyBudget = 0.5
        return policy
    }()

    /// A room in which a run on a paid machine waits, with its price.
    private func room(runs: Int = 1) async throws -> Room {
        let room = try Room(Self.policy)
        for _ in 0..<runs { #expect(try await room.hear("/train \(Demo.blob) engine=fluence") == ["anchor"]) }
        await Pricer(store: room.store, logger: .silent) { 0.2 }.priceWaitingJobs(now: noon)
        return room
    }

    private func claimable(in room: Room) async throws -> [RunID?] {
        try await room.store.read {
            try $0.claimableJobs(of: .train, on: .fluence, now: noon + 9, limit: 9).map(\.runID)
        }
    }

    @Test("nothing is rented before an admin has seen the price and agreed")
    func consent() async throws {
        let room = try await room()
        let post = try Post(store: room.store, policy: Self.policy)
        await post.deliver()
        #expect(
            post.texts.last?.hasPrefix("Run 1 · waits for an admin's yes: about $0.20 for 6 hours") == true
        )
        #expect(try await claimable(in: room) == [])
        #expect(try await room.press("p:1")?.text == "Run 1 rents a machine for about $0.20.")
        #expect(try await claimable(in: room) == [1])
        #expect(try await room.press("p:1")?.text == "There is nothing to agree to.")
        #expect(try await room.press("p:7")?.text == "There is nothing to agree to.")
    }

    @Test("the budget of a day is kept, and is there again the day after")
    func budget() async throws {
        let room = try await room(runs: 3)
        #expect(try await room.press("p:1")?.text == "Run 1 rents a machine for about $0.20.")
        #expect(try await room.press("p:2")?.text == "Run 2 rents a machine for about $0.20.")
        let words =
            "That is over the budget: $0.20 on top of $0.40 in the last 24 hours, of $0.50 that may be spent."
        #expect(try await room.press("p:3")?.text == words)
        #expect(try await claimable(in: room) == [1, 2])
        let spent = try await room.store.read { try $0.consentedPrice(since: noon + 1) }
        #expect(spent == 0)
    }

    @Test("before Go, the summary says what the last machine cost, and that one is asked")
    func summary() async throws {
        var policy = Self.policy
        policy.engine = .fluence
        let room = try Room(policy)
        try await room.happen(.file(ChatFile(id: "f", name: "iris.csv", size: 3_858), caption: nil))
        try await room.end(1, .completed(outcome: .stored(card: .irises(.iris))))
        let column = "k:\(BlobID.iris):4"
        let asked = "You hear the price, and are asked, before money is spent."
        let first = try await room.happen(.press(data: column, query: "q")).words.last
        #expect(first?.contains("\n\(asked)") == true)
        try await room.hear("/train \(BlobID.iris) engine=fluence")
        await Pricer(store: room.store, logger: .silent) { 0.2 }.priceWaitingJobs(now: noon)
        let second = try await room.happen(.press(data: column, query: "q")).words.last
        #expect(second?.contains("About $0.20 for 6 hours, as last time. \(asked)") == true)
    }

    @Test("a run without a price, or a cancelled one, cannot be agreed to")
    func notYet() async throws {
        let room = try Room(Self.policy)
        try await room.hear("/train \(Demo.blob) engine=fluence")
        await Pricer(store: room.store, logger: .silent) { nil }.priceWaitingJobs(now: noon)
        #expect(try await room.press("p:1")?.text == "There is nothing to agree to.")
        await Pricer(store: room.store, logger: .silent) { 0.2 }.priceWaitingJobs(now: noon)
        try await room.hear("/cancel 1")
        #expect(try await room.press("p:1")?.text == "There is nothing to agree to.")
        #expect(try await claimable(in: room) == [])
    }

    @Test("operators rent nothing, neither by commands nor by buttons, and nobody does without a budget")
    func permissions() async throws {
        let room = try Room(Self.policy)
        try await room.store.write {
            try $0.save(Member(userID: 8, role: .operator, name: "Bob", addedAt: noon))
        }
        let refusal = "You are on this bot's list as operator, which is not enough for this. Ask an admin."
        let command = "/train \(Demo.blob) engine=fluence"
        #expect(try await room.hear(command, user: 8, chat: -5) == [refusal])
        try await room.hear(command, chat: -5)
        await Pricer(store: room.store, logger: .silent) { 0.2 }.priceWaitingJobs(now: noon)
        #expect(try await room.press("p:1", user: 8, chat: -5)?.text == "This is not for you to press.")
        #expect(try await claimable(in: room) == [])
        try await room.hear("/cancel 1", chat: -5)
        #expect(try await room.press("a:1", user: 8, chat: -5)?.text == refusal)
        let poor = try Room()
        #expect(try await poor.hear(command).first?.contains("OKAI_DAILY_BUDGET_USD") == true)
        #expect(try await poor.runs().isEmpty)
    }
}
