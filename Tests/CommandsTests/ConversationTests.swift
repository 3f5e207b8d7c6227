import Commands
import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("A conversation")
struct ConversationTests {
    @Test("a training is queued together with the message that shows it")
    func train() async throws {
        let room = try Room()
        #expect(try await room.hear("/train \(Demo.blob) trees=7") == ["anchor"])
        let run = try #require(try await room.runs().first)
        #expect(run.origin == Origin(chat: 42, message: 5, user: 42, userName: "Ada"))
        #expect(run.job.state == .available)
        guard case .train(let arguments) = run.job.work else { throw UnexpectedWork() }
        #expect(arguments.dataset == .iris)
        #expect(arguments.parameters.trees == 7)
    }

    @Test("an update that comes twice counts once")
    func twice() async throws {
        let room = try Room()
        for _ in 0..<3 { try await room.happen(.text("/train \(Demo.blob)"), update: 77) }
        #expect(try await room.runs().count == 1)
        #expect(try await room.outbox().count == 1)
    }

    @Test("a number stands for an earlier run's dataset, of one's own chat alone")
    func trainAgain() async throws {
        let room = try Room()
        try await room.store.write {
            try $0.save(Member(userID: 9, role: .operator, name: "Grace", addedAt: noon))
        }
        try await room.hear("/train \(Demo.blob)")
        #expect(try await room.hear("/train 1 seed=7") == ["anchor"])
        #expect(try await room.runs().count == 2)
        #expect(try await room.hear("/train 9") == ["There is no run 9 here. /runs lists the latest."])
        for text in ["/train 1", "/status 1", "/logs 1", "/cancel 1", "/retry 1"] {
            #expect(
                try await room.hear(text, user: 9, chat: 9) == [
                    "There is no run 1 here. /runs lists the latest."
                ]
            )
        }
    }

    @Test("a cancel finds the one run there is, and asks where there are more")
    func cancel() async throws {
        let room = try Room()
        #expect(try await room.hear("/cancel") == ["Nothing is running here."])
        try await room.hear("/train \(Demo.blob)")
        #expect(try await room.hear("/cancel").first?.hasPrefix("Stop run 1 (train)?") == true)
        #expect(try await room.runs().first?.job.state == .available)
        #expect(try await room.hear("/cancel 1") == ["ended"])
        #expect(try await room.runs().first?.job.state == .cancelled)
        #expect(try await room.hear("/cancel 1") == ["Run 1 has ended already."])
        for _ in 0..<2 { try await room.hear("/train \(Demo.blob)") }
        #expect(try await room.hear("/cancel") == ["Which run?"])
    }

    @Test("a run may be stopped by whoever started it and by admins, not by others")
    func permissionToStop() async throws {
        let room = try Room()
        for (user, role) in [(8, Role.operator), (9, .operator)] as [(UserID, Role)] {
            try await room.store.write {
                try $0.save(Member(userID: user, role: role, name: "x", addedAt: noon))
            }
        }
        try await room.hear("/train \(Demo.blob)", user: 8, chat: -1)
        let words = "Only the person who started run 1, or an admin, can stop it."
        #expect(try await room.hear("/cancel 1", user: 9, chat: -1) == [words])
        let toast = try await room.press("c:1", user: 9, chat: -1)
        #expect(toast?.text == words && toast?.isAlert == true)
        #expect(try await room.press("C:1", user: 9, chat: -1)?.text == words)
        #expect(try await room.runs(chat: -1).first?.job.state == .available)
        #expect(try await room.press("C:1", user: 42, chat: -1)?.text == "Run 1 is cancelled.")
    }

    @Test("a retry keeps the parameters, and waits for the end of the first")
    func retry() async throws {
        let room = try Room()
        #expect(try await room.hear("/retry") == ["No runs yet. Paste a Walrus blob ID to start one."])
        try await room.hear("/train \(Demo.blob) trees=7")
        #expect(try await room.hear("/retry 1") == ["Run 1 is still going. /cancel stops it."])
        try await room.end(1, .completed(outcome: .iris))
        #expect(try await room.hear("/retry") == ["anchor"])
        let runs = try await room.runs()
        #expect(runs.count == 2)
        #expect(runs[0].work == runs[1].work)
    }

    @Test("status and runs say how each run stands")
    func status() async throws {
        let room = try Room()
        #expect(try await room.hear("/runs") == ["No runs yet. Paste a Walrus blob ID to start one."])
        for _ in 0..<4 { try await room.hear("/train \(Demo.blob)") }
        try await room.end(1, .completed(outcome: .iris))
        try await room.end(
            2,
            .failed(failure: Failure(phase: .training, reason: "no rows", advice: "Send some."))
        )
        let status = try #require(try await room.hear("/status").first)
        #expect(status.hasPrefix("Running and waiting\n"))
        #expect(status.contains("✅ 1 · train · accuracy 95.0 %"))
        #expect(status.contains("❌ 2 · train · no rows"))
        #expect(status.contains("🕒 3 · train · queued"))
        #expect(try await room.hear("/runs").first?.contains("✅ 1 · train · accuracy 95.0 %") == true)
        #expect(try await room.hear("/status 2").first?.hasPrefix("Run 2 · failed") == true)
    }

    @Test("logs are the last lines, whatever stands in them")
    func logs() async throws {
        let room = try Room()
        try await room.hear("/train \(Demo.blob)")
        #expect(try await room.hear("/logs") == ["Run 1 has no log lines yet."])
        try await room.store.write { transaction in
            for number in 1...300 { try transaction.append(log: "line \(number) <b>", toJob: 1, at: noon) }
        }
        let words = try #require(try await room.hear("/logs 1").first)
        #expect(words.contains("of 300 lines"))
        #expect(words.hasSuffix("line 300 <b>"))
        #expect(words.utf16.count < 4_096)
    }

    @Test("a pasted ID is looked at, in order", arguments: [42, -1] as [ChatID])
    func paste(_ chat: ChatID) async throws {
        let room = try Room()
        let other = BlobID(bytes: Array(1...32))
        #expect(try await room.hear("\(other) and \(Demo.blob)", chat: chat) == [])
        let jobs = try await room.store.read { try $0.openJobs() }
        #expect(jobs.map(\.work) == [other, .iris].map { .look(LookArguments(blob: $0)) })
    }

    @Test("in a group the bot answers commands, and does not join the talk")
    func group() async throws {
        let room = try Room()
        #expect(try await room.hear("good morning", chat: -1) == [])
        #expect(try await room.hear("/unknown", chat: -1) == [])
        #expect(try await room.hear("/status@another_bot", chat: -1) == [])
        #expect(try await room.hear("/list", chat: -1).count == 1)
        #expect(try await room.hear("good morning").count == 1)
    }

    @Test("an address is promised, and only the courier draws its secret")
    func register() async throws {
        let room = try Room()
        #expect(try await room.hear("/register training") == ["address"])
        #expect(try await room.hear("/list").first?.contains("🔔 training") == true)
        #expect(try await room.hear("/unregister training").first?.contains("is revoked") == true)
        #expect(try await room.hear("/unregister training").first?.contains("no address called") == true)
    }

    @Test("a bot that is thrown out of a chat falls silent there, until it is spoken to")
    func membership() async throws {
        let room = try Room()
        try await room.happen(.membership(isMember: false), chat: -1)
        #expect(try await room.store.read { try $0.isMuted(chat: -1) })
        try await room.happen(.membership(isMember: true), chat: -1)
        #expect(try await room.store.read { try $0.isMuted(chat: -1) } == false)
    }

    @Test("a group that moves takes its runs along")
    func migrated() async throws {
        let room = try Room()
        try await room.hear("/train \(Demo.blob)", chat: -1)
        try await room.happen(.migrated(to: -1_001), chat: -1)
        #expect(try await room.runs(chat: -1_001).count == 1)
    }
}

@Suite("Who may do what")
struct PermissionTests {
    @Test(
        "a stranger learns nothing but whom to ask",
        arguments: ["hello", Demo.blob, "/nonsense", "/start"]
            + CommandWord.allCases.filter { $0 != .start }.map(\.example)
    )
    func stranger(_ text: String) async throws {
        let room = try Room()
        let words = "This bot works for people on its list. Ask its owner to add 77."
        #expect(try await room.hear(text, user: 77, chat: 77) == [words])
        #expect(try await room.store.read { try $0.openJobs() } == [])
    }

    @Test("a viewer sees and does not start anything", arguments: CommandWord.allCases)
    func viewer(_ word: CommandWord) async throws {
        let room = try Room()
        try await room.store.write { try $0.save(Member(userID: 8, role: .viewer, name: "x", addedAt: noon)) }
        let answer = try #require(try await room.hear(word.example, user: 8, chat: 8).first)
        let isRefused = answer.contains("which is not enough for this")
        #expect(
            isRefused
                == [
                    .train, .predict, .verify, .cancel, .retry, .notify, .mute, .register, .unregister,
                    .build,
                    .invite, .members,
                ].contains(word)
        )
    }

    @Test(
        "buttons obey the same rules as commands",
        arguments: [
            "t:\(Demo.blob)", "a:1", "C:1", "c:1", "r:\(Demo.blob)", "s:*", "l:1", "L:1", "f:1", "h:1", "m:1",
            "n:1", "p:\(Demo.blob)", "D:*", "d:1:1", "k:1:0", "g:\(Demo.blob):0", "R:all:1", "E:1", "q:1:0",
            "u:*", "v:1", "v:\(Demo.blob)",
            "M:*", "x:8", "X:8", "w:1", "w:\(Demo.blob)", "o:1:local", "e:1", "p:1",
        ]
    )
    func buttons(_ data: String) async throws {
        let room = try Room()
        try await room.hear("/train \(Demo.blob)")
        let toast = try await room.press(data, user: 77, chat: 42)
        #expect(toast?.text == "This is not for you to press.")
        #expect(try await room.runs().count == 1)
        #expect(try await room.outbox().count == 1)
    }

    @Test("how a run's end is told is for whoever started it, and a run of another chat is nobody's to keep")
    func others() async throws {
        let room = try Room()
        try await room.store.write {
            try $0.save(Member(userID: 8, role: .operator, name: "x", addedAt: noon))
        }
        try await room.hear("/train \(Demo.blob)", chat: -5)
        let refused = try await room.hear("/notify 1 off", user: 8, chat: -5).first
        #expect(refused?.hasPrefix("Only the person who started run 1") == true)
        #expect(try await room.runs(chat: -5).first?.isQuiet == false)
        #expect(try await room.press("n:1", user: 8, chat: 8)?.text == "There is no run 1.")
        #expect(try await room.hear("/retry", chat: -5).first == "Run 1 is still going. /cancel stops it.")
    }

    @Test(
        "a button that nobody made does nothing",
        arguments: [
            "", "t", "t:", "t:abc", "C:-1", "C:0", "Z:1", "c:99999999999999999999", "c:1:2", "c: 1", "s:x",
            "h:2",
            "R:all:-1", "R:none:1", "d:1", "k:1:x", "g::0", "g:\(Demo.blob)", "q:1:2", "M:1", "D:",
        ]
    )
    func forged(_ data: String) async throws {
        let room = try Room()
        #expect(try await room.press(data)?.text == "This button is too old.")
    }

    @Test("an impatient finger starts one run")
    func doubleTap() async throws {
        let room = try Room()
        #expect(try await room.press("t:\(Demo.blob)")?.text == "Run 1 is on its way.")
        #expect(try await room.press("t:\(Demo.blob)")?.text == "Run 1 is on it already.")
        #expect(try await room.runs().count == 1)
    }

    @Test("the one-time code makes one admin")
    func code() async throws {
        let room = try Room()
        let code = try #require(try await room.store.write { try AdminCode.issue(in: $0) })
        #expect(
            try await room.hear("/start wrong", user: 77, chat: 77).first?.hasPrefix(
                "This code opens nothing"
            ) == true
        )
        #expect(
            try await room.hear("/start \(code)", user: 77, chat: 77).first?.hasPrefix("OKAI Bot") == true
        )
        #expect(try await room.store.read { try $0.member(77) }?.role == .admin)
        #expect(
            try await room.hear("/start \(code)", user: 78, chat: 78).first?.hasPrefix(
                "This code opens nothing"
            ) == true
        )
        #expect(try await room.store.write { try AdminCode.issue(in: $0) } == nil)
    }

    @Test("a machine that has nothing to boot is not even asked for")
    func noImage() async throws {
        var policy = ChatPolicy.lab
        policy.imageEngines = [.vm]
        let room = try Room(policy)
        let words = try await room.hear("/train \(Demo.blob) engine=vm").first
        #expect(words?.hasPrefix("There is no image yet") == true)
        #expect(try await room.runs().isEmpty)
        try await room.hear("/train \(Demo.blob)")
        #expect(try await room.runs().count == 1)
    }

    @Test("a run that its engine failed is done again on another one that there is, and on no other")
    func otherEngine() async throws {
        var policy = ChatPolicy.lab
        policy.engines = [.local, .vm]
        let room = try Room(policy)
        try await room.hear("/train \(Demo.blob) trees=7")
        let lost = Failure(phase: nil, reason: "lost", advice: "Look.", remedy: .otherEngine)
        try await room.end(1, .failed(failure: lost))
        #expect(try await room.press("o:1:fluence")?.text == "This bot has no engine fluence any more.")
        #expect(try await room.runs().count == 1)
        _ = try await room.press("o:1:vm")
        let again = try #require(try await room.runs().first)
        #expect(again.job.engine == .vm)
        #expect(again.work == (try await room.runs().last?.work))
    }
}

private struct UnexpectedWork: Error {}
