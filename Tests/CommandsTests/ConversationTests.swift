import Commands
import Contract
import Foundation
import Jobs
import Store
import Telegram
import Testing

@Suite("A conversation")
struct ConversationTests {
    private static let noRuns = "This chat has no runs yet. /train ID starts one."

    @Test("/train enqueues a run together with its live message")
    func train() async throws {
        let chat = try ChatFixture()
        #expect(try await chat.send("/train \(Demo.blob) trees=7") == ["liveMessage"])
        let run = try #require(try await chat.runs().first)
        #expect(run.origin == Origin(chat: 42, message: 5, user: 42, userName: "Ada"))
        #expect(run.job.state == .available)
        guard case .train(let arguments) = run.job.work else { throw WrongWork() }
        #expect(arguments.dataset == .iris)
        #expect(arguments.parameters.trees == 7)
    }

    @Test("an update that is delivered again is ignored")
    func twice() async throws {
        let chat = try ChatFixture()
        for _ in 0..<3 { try await chat.handle(.text("/train \(Demo.blob)"), update: 77) }
        #expect(try await chat.runs().count == 1)
        #expect(try await chat.outbox().count == 1)
    }

    @Test("a run's number stands for its dataset, but only in the chat of that run")
    func trainAgain() async throws {
        let chat = try ChatFixture()
        try await chat.addMember(9, as: .operator)
        try await chat.send("/train \(Demo.blob)")
        #expect(try await chat.send("/train 1 seed=7") == ["liveMessage"])
        #expect(try await chat.runs().count == 2)
        #expect(try await chat.send("/train 9") == ["This chat has no run 9. /runs lists its runs."])
        for text in ["/train 1", "/status 1", "/logs 1", "/cancel 1", "/retry 1"] {
            let answers = try await chat.send(text, user: 9, chat: 9)
            #expect(answers == ["This chat has no run 1. /runs lists its runs."])
            // An equal answer would not be enqueued while this one waits.
            await chat.deliver()
        }
    }

    @Test("/cancel without a number finds the only open run, and asks which one if there are more")
    func cancel() async throws {
        let chat = try ChatFixture()
        let nothing =
            "This chat has no run to cancel: none is running or waiting. /runs lists the ended ones."
        #expect(try await chat.send("/cancel") == [nothing])
        try await chat.send("/train \(Demo.blob)")
        #expect(try await chat.send("/cancel").first?.hasPrefix("Cancel run 1 (train)?") == true)
        #expect(try await chat.runs().first?.job.state == .available)
        #expect(try await chat.send("/cancel 1") == ["ended"])
        #expect(try await chat.runs().first?.job.state == .cancelled)
        let ended = "Run 1 has ended already: there is nothing to cancel. /status 1 shows its result."
        #expect(try await chat.send("/cancel 1") == [ended])
        for _ in 0..<2 { try await chat.send("/train \(Demo.blob)") }
        let which =
            "Which run should be cancelled? 2 are open: 2, 3. /cancel all cancels all that you started."
        #expect(try await chat.send("/cancel") == [which])
    }

    @Test("of many open runs, /cancel offers every one, a page at a time, and /cancel all has one answer")
    func cancelMany() async throws {
        let chat = try ChatFixture()
        for seed in 1...19 { try await chat.send("/train \(Demo.blob) seed=\(seed)") }
        await chat.deliver()
        #expect(try await chat.send("/cancel").first?.contains("19 are open: 1–19.") == true)
        var offered: [String] = []
        for page in 1...3 {
            _ = try await chat.press("K:\(page)")
            let answer = try #require(try await chat.outbox().last { $0.kind == .reply })
            let keyboard = try await chat.render(answer)?.keyboard
            offered += keyboard?.rows.joined().map(\.text).filter { $0.hasPrefix("Cancel run") } ?? []
        }
        #expect(offered == (1...19).map { "Cancel run \($0)" })
        #expect(
            try await chat.send("/cancel all").filter { $0 != "liveMessage" } == ["19 runs cancelled: 1–19."]
        )
        #expect(try await chat.runs().allSatisfy { $0.job.state == .cancelled })
        #expect(
            try await chat.send("/retry 1 2") == [
                "2 runs queued again: 1 as 20, 2 as 21. Each is shown here when it starts; /status lists them."
            ]
        )
    }

    @Test("only the person who started a run, or an admin, can cancel it")
    func permissionToStop() async throws {
        let chat = try ChatFixture()
        for user in [8, 9] as [UserID] { try await chat.addMember(user, as: .operator) }
        try await chat.send("/train \(Demo.blob)", user: 8, chat: -1)
        let refusal = "Only the person who started run 1, or an admin, can cancel it. Ask one of them."
        #expect(try await chat.send("/cancel 1", user: 9, chat: -1) == [refusal])
        let toast = try await chat.press("c:1", user: 9, chat: -1)
        #expect(toast?.text == refusal && toast?.isAlert == true)
        #expect(try await chat.press("C:1", user: 9, chat: -1)?.text == refusal)
        #expect(try await chat.runs(chat: -1).first?.job.state == .available)
        #expect(try await chat.press("C:1", user: 42, chat: -1)?.text == "Run 1 is cancelled.")
    }

    @Test("/retry keeps the parameters, and is refused until the run has ended")
    func retry() async throws {
        let chat = try ChatFixture()
        #expect(try await chat.send("/retry") == [Self.noRuns])
        try await chat.send("/train \(Demo.blob) trees=7")
        #expect(
            try await chat.send("/retry 1") == [
                "Run 1 has not ended yet. Wait for its end, or send /cancel 1."
            ]
        )
        try await chat.report(.completed(outcome: .iris))
        #expect(try await chat.send("/retry") == ["liveMessage"])
        let runs = try await chat.runs()
        #expect(runs.count == 2)
        #expect(runs[0].work == runs[1].work)
    }

    @Test("/status and /runs show the state of each run")
    func status() async throws {
        let chat = try ChatFixture()
        #expect(try await chat.send("/runs") == [Self.noRuns])
        for _ in 0..<4 { try await chat.send("/train \(Demo.blob)") }
        try await chat.report(.completed(outcome: .iris))
        let failure = Failure(phase: .training, reason: "no rows", advice: "Send some.")
        try await chat.report(.failed(failure: failure), run: 2)
        let status = try #require(try await chat.send("/status").first)
        #expect(status.hasPrefix("Running and waiting\n"))
        #expect(status.contains("✅ 1 · train · accuracy 95.0 %"))
        #expect(status.contains("❌ 2 · train · no rows"))
        #expect(status.contains("🕒 3 · train · queued"))
        #expect(try await chat.send("/runs").first?.contains("✅ 1 · train · accuracy 95.0 %") == true)
        #expect(try await chat.send("/status 2").first?.hasPrefix("Run 2 · failed") == true)
    }

    @Test("/logs shows the last lines, escaped")
    func logs() async throws {
        let chat = try ChatFixture()
        try await chat.send("/train \(Demo.blob)")
        #expect(try await chat.send("/logs") == ["Run 1 has no log lines."])
        try await chat.store.write { transaction in
            for number in 1...300 { try transaction.append(log: "line \(number) <b>", toJob: 1, at: noon) }
        }
        let log = try #require(try await chat.send("/logs 1").first)
        #expect(log.contains("of 300 lines"))
        #expect(log.hasSuffix("line 300 <b>"))
        #expect(log.utf16.count < 4_096)
    }

    @Test("pasted blob IDs are read in order", arguments: [42, -1] as [ChatID])
    func paste(_ place: ChatID) async throws {
        let chat = try ChatFixture()
        let other = BlobID(bytes: Array(1...32))
        #expect(try await chat.send("\(other) and \(Demo.blob)", chat: place) == [])
        let jobs = try await chat.openJobs()
        #expect(jobs.map(\.work) == [other, .iris].map { .look(LookArguments(blob: $0)) })
    }

    @Test("in a group, the bot answers commands and ignores other texts")
    func group() async throws {
        let chat = try ChatFixture()
        #expect(try await chat.send("good morning", chat: -1) == [])
        #expect(try await chat.send("/unknown", chat: -1) == [])
        #expect(try await chat.send("/status@another_bot", chat: -1) == [])
        #expect(try await chat.send("/list", chat: -1).count == 1)
        #expect(try await chat.send("good morning").count == 1)
    }

    @Test("/register makes an address, /list shows its name, /unregister deletes it")
    func register() async throws {
        let chat = try ChatFixture()
        #expect(try await chat.send("/register training") == ["address"])
        #expect(try await chat.send("/list").first?.contains("🔔 training") == true)
        #expect(try await chat.send("/unregister training").first?.contains("is deleted") == true)
        #expect(try await chat.send("/unregister training").first?.contains("no address called") == true)
    }

    @Test("a chat that removed the bot is muted until the bot is back")
    func membership() async throws {
        let chat = try ChatFixture()
        try await chat.handle(.membership(isMember: false), chat: -1)
        #expect(try await chat.store.read { try $0.isMuted(chat: -1) })
        try await chat.handle(.membership(isMember: true), chat: -1)
        #expect(try await chat.store.read { try $0.isMuted(chat: -1) } == false)
    }

    @Test("the runs of a group move with it to the supergroup")
    func migrated() async throws {
        let chat = try ChatFixture()
        try await chat.send("/train \(Demo.blob)", chat: -1)
        try await chat.handle(.migrated(to: -1_001), chat: -1)
        #expect(try await chat.runs(chat: -1_001).count == 1)
    }
}

private struct WrongWork: Error {}
