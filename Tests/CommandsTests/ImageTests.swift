import Commands
import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("Images in chat")
struct ImageTests {
    private static let policy: ChatPolicy = {
        var policy = ChatPolicy.lab
        policy.build = BuildArguments(command: ["make-image"], folder: "/images", bot: "https://bot.example")
        policy.imageURL = "https://bot.example/images"
        return policy
    }()

    @Test("a build is a run like any other: shown, followed and told")
    func transcript() async throws {
        let room = try Room(Self.policy)
        let post = try Post(store: room.store, policy: Self.policy)
        #expect(try await room.hear("/images") == ["No images yet. /build makes one."])
        #expect(try await room.hear("/build") == ["anchor"])
        await post.deliver()
        try await room.store.write { transaction in
            let launched = JobEvent.launched(tokenHash: Data([1]), until: noon + 60, deadline: noon + 3_600)
            let job = try #require(try transaction.run(1)?.job)
            #expect((job.engine, job.kind) == (.local, .build))
            let running = try transaction.transition(job, by: launched, at: noon)
            let building = try transaction.transition(
                running,
                by: .reported(.phase(name: .building), number: 1, retryAfter: .zero),
                at: noon
            )
            try transaction.transition(
                building,
                by: .reported(.progress(fraction: 0, note: "kernel"), number: 1, retryAfter: .zero),
                at: noon
            )
        }
        await post.deliver(after: 2)
        try await room.store.write { transaction in
            let job = try #require(try transaction.run(1)?.job)
            let end = WorkerEvent.completed(outcome: .built(image: .small))
            try transaction.transition(job, by: .reported(end, number: 1, retryAfter: .zero), at: noon + 40)
        }
        await post.deliver(after: 40)
        #expect(
            post.texts == [
                "No images yet. /build makes one.",
                "Run 1 · queued\nimage",
                "Run 1 · starting\n⏳ Build the image · kernel\n▫️ Publish it",
                "Run 1 · succeeded in 40 s\n✅ Build the image · 40 s\n▫️ Publish it",
                "Run 1 built an image · 113 MB\nhttps://bot.example/images/\(ImageFile.small.name)\nSHA-256\n"
                    + ImageFile.small.sha256,
            ]
        )
        let words = """
            Images

            https://bot.example/images/\(ImageFile.small.name)
            113 MB · just now · run 1 · its machines get jobs for 30 days
            SHA-256 \(ImageFile.small.sha256)
            """
        #expect(try await room.hear("/images") == [words])
        let image = try #require(try await room.store.read { try $0.images(limit: 9) }.first)
        #expect(image.path == "/images/\(ImageFile.small.name)")
        #expect(image.enrolmentHash == Data(repeating: 0xab, count: 32))
    }

    @Test("one image is built at a time, by commands, retries and buttons alike")
    func oneAtATime() async throws {
        let room = try Room(Self.policy)
        let refusal = "Run 1 is building an image already: one at a time. /cancel 1 stops it."
        #expect(try await room.hear("/build") == ["anchor"])
        #expect(try await room.hear("/build") == [refusal])
        #expect(try await room.hear("/build", chat: -5) == [refusal])
        // That it stopped shows below: another may be built.
        _ = try await room.hear("/cancel 1")
        #expect(try await room.hear("/build") == ["anchor"])
        #expect(try await room.hear("/retry 1") == [refusal.replacing("1", with: "2")])
        #expect(try await room.press("a:1")?.text == refusal.replacing("1", with: "2"))
        #expect(try await room.runs().count == 2)
    }

    @Test("only an admin builds, repeats a build, and revokes")
    func permissions() async throws {
        let room = try Room(Self.policy)
        try await room.store.write {
            try $0.save(Member(userID: 8, role: .operator, name: "Bob", addedAt: noon))
        }
        let refusal = "You are on this bot's list as operator, which is not enough for this. Ask an admin."
        #expect(try await room.hear("/build", user: 8, chat: -5) == [refusal])
        try await room.hear("/build", chat: -5)
        try await room.end(1, .completed(outcome: .built(image: .small)))
        #expect(try await room.hear("/retry 1", user: 8, chat: -5) == [refusal])
        #expect(try await room.press("a:1", user: 8, chat: -5)?.text == refusal)
        #expect(try await room.press("e:1", user: 8, chat: -5)?.isAlert == true)
        #expect(try await room.store.read { try $0.images(limit: 1) }.first?.enrolmentHash != nil)
        #expect(try await room.press("e:1")?.text == "Machines of that image get no more jobs.")
        #expect(try await room.press("e:9")?.text == "There is no such image.")
        #expect(try await room.store.read { try $0.images(limit: 1) }.first?.enrolmentHash == nil)
        #expect(try await room.hear("/images").first?.contains("run 1 · gets no jobs") == true)
    }

    @Test("a bot that was not told how to build says so")
    func noCommand() async throws {
        let room = try Room()
        let answer = try await room.hear("/build")
        #expect(answer.first?.contains("Set OKAI_IMAGE_COMMAND") == true)
        #expect(try await room.runs().isEmpty)
    }

    @Test("a failure is told once, with its phase, what to do, and the last lines of the log")
    func failure() async throws {
        let room = try Room(Self.policy)
        let post = try Post(store: room.store, policy: Self.policy)
        try await room.hear("/build")
        try await room.store.write { transaction in
            for line in 1...7 { try transaction.append(log: "line \(line)", toJob: 1, at: noon) }
        }
        let failure = Failure(phase: .building, reason: "the image command ended with 3", advice: "Look.")
        try await room.end(1, .failed(failure: failure))
        await post.deliver(after: 20)
        let words = """
            Run 1 failed while building: the image command ended with 3

            What you can do: Look.
            14:13:20 line 1
            14:13:20 line 2
            14:13:20 line 3
            14:13:20 line 4
            14:13:20 line 5
            14:13:20 line 6
            14:13:20 line 7
            """
        #expect(post.texts.filter { $0.contains("failed while building: ") } == [words])
    }
}
