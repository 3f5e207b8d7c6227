import Commands
import Contract
import Store
import Testing

@Suite("Permissions")
struct PermissionTests {
    @Test(
        "a person who is not on the list learns only how to get on it",
        arguments: ["hello", Demo.blob, "/nonsense", "/start"]
            + CommandWord.allCases.filter { $0 != .start }.map(\.example)
    )
    func stranger(_ text: String) async throws {
        let chat = try ChatFixture()
        let refusal =
            "This bot works only for people on its list, and your ID 77 is not on it. Ask its owner for an invitation."
        #expect(try await chat.send(text, user: 77, chat: 77) == [refusal])
        #expect(try await chat.openJobs() == [])
    }

    @Test("a viewer can only use the commands that change nothing", arguments: CommandWord.allCases)
    func viewer(_ word: CommandWord) async throws {
        let chat = try ChatFixture()
        try await chat.addMember(8, as: .viewer)
        let answer = try #require(try await chat.send(word.example, user: 8, chat: 8).first)
        let needed: Role? =
            switch word {
            case .train, .predict, .verify, .cancel, .retry, .notify, .mute, .register, .unregister: .operator
            case .build, .invite, .members: .admin
            default: nil
            }
        let refusal = needed.map {
            "/\(word.rawValue) needs the role \($0.rawValue), and yours is viewer. Ask an admin to do it, or to invite you "
                + "with that role."
        }
        #expect((answer == refusal) == (needed != nil), "\(answer)")
    }

    @Test(
        "a button needs the same role as its command",
        arguments: [
            "t:\(Demo.blob)", "a:1", "C:1", "c:1", "r:\(Demo.blob)", "s:*", "l:1", "L:1", "f:1", "h:1", "m:1",
            "n:1", "p:\(Demo.blob)", "D:*", "d:1:1", "k:1:0", "g:\(Demo.blob):0", "R:all:1", "E:1", "q:1:0",
            "u:*", "v:1", "v:\(Demo.blob)",
            "C:own", "C:all", "n:all", "K:1", "M:*", "x:8", "X:8", "w:1", "w:\(Demo.blob)", "o:1:local",
            "e:1", "p:1",
        ]
    )
    func buttons(_ data: String) async throws {
        let chat = try ChatFixture()
        try await chat.send("/train \(Demo.blob)")
        let toast = try await chat.press(data, user: 77, chat: 42)
        #expect(toast?.text?.hasPrefix("You are not on this bot's list") == true && toast?.isAlert == true)
        #expect(try await chat.runs().count == 1)
        #expect(try await chat.outbox().count == 1)
    }

    @Test(
        "only the person who started a run, or an admin, can change its sound; other chats have no such run"
    )
    func others() async throws {
        let chat = try ChatFixture()
        try await chat.addMember(8, as: .operator)
        try await chat.send("/train \(Demo.blob)", chat: -5)
        let refused = try await chat.send("/notify 1 off", user: 8, chat: -5).first
        #expect(refused?.hasPrefix("Only the person who started run 1") == true)
        #expect(try await chat.runs(chat: -5).first?.isQuiet == false)
        #expect(
            try await chat.press("n:1", user: 8, chat: 8)?.text
                == "This chat has no run 1. /runs lists its runs."
        )
        #expect(
            try await chat.send("/retry", chat: -5).first
                == "Run 1 has not ended yet. Wait for its end, or send /cancel 1."
        )
    }

    @Test(
        "the data of a button that the bot did not make is refused",
        arguments: [
            "", "t", "t:", "t:abc", "C:-1", "C:0", "Z:1", "c:99999999999999999999", "c:1:2", "c: 1", "s:x",
            "h:2",
            "C:everybody", "K:0", "K:x", "R:all:-1", "R:all:0", "R:none:1", "d:1", "k:1:x", "g::0",
            "g:\(Demo.blob)", "q:1:2", "M:1", "D:",
        ]
    )
    func forged(_ data: String) async throws {
        let chat = try ChatFixture()
        #expect(
            try await chat.press(data)?.text?.hasPrefix("This button is from another version of the bot.")
                == true
        )
    }

    @Test("a button that is pressed twice starts one run")
    func doubleTap() async throws {
        let chat = try ChatFixture()
        #expect(try await chat.press("t:\(Demo.blob)")?.text == "Run 1 is queued.")
        #expect(try await chat.press("t:\(Demo.blob)")?.text == "Run 1 does this already.")
        #expect(try await chat.runs().count == 1)
    }

    @Test("a button asks before it repeats work that has succeeded, and not after a failure")
    func oldCard() async throws {
        let chat = try ChatFixture()
        _ = try await chat.press("t:\(Demo.blob)")
        try await chat.report(.completed(outcome: .iris))
        for _ in 0..<2 {
            let toast = try await chat.press("t:\(Demo.blob)")
            #expect(toast?.text == "Run 1 did this already. Shall I do it again?")
        }
        #expect(try await chat.runs().count == 1)
        // The question is a message of its own.
        let again = try await chat.handle(.press(data: "a:1", query: "q"), message: 60).toast
        #expect(again?.text == "Run 2 is queued.")
        _ = try await chat.press("g:1:0")
        try await chat.handle(.press(data: "t:\(Demo.blob)", query: "q"), message: 61)
        try await chat.report(
            .failed(failure: Failure(phase: nil, reason: "away", advice: "Wait.")),
            run: 3
        )
        let retried = try await chat.handle(.press(data: "t:\(Demo.blob)", query: "q"), message: 61).toast
        #expect(retried?.text == "Run 4 is queued.")
    }

    @Test("the code of the first start makes one person an admin")
    func code() async throws {
        let chat = try ChatFixture()
        let code = try #require(try await chat.store.write { try AdminCode.issue(in: $0) })
        let wrong = try await chat.send("/start wrong", user: 77, chat: 77).first
        #expect(wrong?.hasPrefix("This code is not valid") == true)
        let right = try await chat.send("/start \(code)", user: 77, chat: 77).first
        #expect(right?.hasPrefix("OKAI Bot") == true)
        #expect(try await chat.store.read { try $0.member(77) }?.role == .admin)
        let second = try await chat.send("/start \(code)", user: 78, chat: 78).first
        #expect(second?.hasPrefix("This code is not valid") == true)
        #expect(try await chat.store.write { try AdminCode.issue(in: $0) } == nil)
    }

    @Test("an engine that needs an image is refused until one is built")
    func noImage() async throws {
        var policy = ChatPolicy.test
        policy.imageEngines = [.vm]
        let chat = try ChatFixture(policy)
        let answer = try await chat.send("/train \(Demo.blob) engine=vm").first
        #expect(answer?.hasPrefix("The engine vm needs an image, and none was built yet.") == true)
        #expect(try await chat.runs().isEmpty)
        try await chat.send("/train \(Demo.blob)")
        #expect(try await chat.runs().count == 1)
    }

    @Test("a run is retried on another engine only if the bot has that engine")
    func otherEngine() async throws {
        var policy = ChatPolicy.test
        policy.engines = [.local, .vm]
        let chat = try ChatFixture(policy)
        try await chat.send("/train \(Demo.blob) trees=7")
        let lost = Failure(phase: nil, reason: "lost", advice: "Look.", remedy: .otherEngine)
        try await chat.report(.failed(failure: lost))
        #expect(
            try await chat.press("o:1:fluence")?.text
                == "This bot has no engine fluence any more. Retry on another one."
        )
        #expect(try await chat.runs().count == 1)
        _ = try await chat.press("o:1:vm")
        let again = try #require(try await chat.runs().first)
        #expect(again.job.engine == .vm)
        #expect(again.work == (try await chat.runs().last?.work))
    }
}
