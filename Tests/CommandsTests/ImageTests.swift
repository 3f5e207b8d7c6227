import Commands
import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("Images of virtual machines")
struct ImageTests {
    private static let policy: ChatPolicy = {
        var policy = ChatPolicy.test
        policy.build = BuildArguments(command: ["make-image"], folder: "/images", bot: "https://bot.example")
        policy.imageURL = "https://bot.example/images"
        return policy
    }()

    @Test("a build has a live message and a result, and /images lists its image")
    func build() async throws {
        let chat = try ChatFixture(Self.policy)
        #expect(
            try await chat.send("/images") == ["There are no images yet. /build makes one."]
        )
        #expect(try await chat.send("/build") == ["liveMessage"])
        await chat.deliver()
        let job = try #require(try await chat.runs().first?.job)
        #expect((job.engine, job.kind) == (.local, .build))
        try await chat.report(.phase(name: .building), .progress(fraction: 0, note: "kernel"))
        await chat.deliver(after: 40)
        try await chat.report(.completed(outcome: .built(image: .small)))
        await chat.deliver()
        #expect(
            chat.surface.texts == [
                "There are no images yet. /build makes one.",
                "Run 1 · queued\nBuilds an image",
                "Run 1 · building · 40 s\n⏳ Build the image · kernel\n▫️ Publish it",
                "Run 1 · succeeded in 40 s\n✅ Build the image · 40 s\n▫️ Publish it",
                "Run 1 built an image · 113 MB\nhttps://bot.example/images/\(ImageFile.small.name)\nSHA-256\n"
                    + ImageFile.small.sha256,
            ]
        )
        let list = """
            Images

            https://bot.example/images/\(ImageFile.small.name)
            113 MB · just now · run 1 · its machines get jobs for 30 days
            SHA-256 \(ImageFile.small.sha256)
            """
        #expect(try await chat.send("/images") == [list])
        let image = try #require(try await chat.store.read { try $0.images(limit: 9) }.first)
        #expect(image.path == "/images/\(ImageFile.small.name)")
        #expect(image.enrolmentHash == Data(repeating: 0xab, count: 32))
    }

    @Test("one image is built at a time, by commands, retries and buttons")
    func oneAtATime() async throws {
        let chat = try ChatFixture(Self.policy)
        let refusal =
            "Run 1 is building an image already, and only one can be built at a time. Wait for its end, or send /cancel 1."
        #expect(try await chat.send("/build") == ["liveMessage"])
        #expect(try await chat.send("/build") == [refusal])
        #expect(try await chat.send("/build", chat: -5) == [refusal])
        // The cancelled build is over, so another can start.
        _ = try await chat.send("/cancel 1")
        #expect(try await chat.send("/build") == ["liveMessage"])
        #expect(try await chat.send("/retry 1") == [refusal.replacing("1", with: "2")])
        #expect(try await chat.press("a:1")?.text == refusal.replacing("1", with: "2"))
        #expect(try await chat.runs().count == 2)
    }

    @Test("only an admin can build, repeat a build, and revoke an image")
    func permissions() async throws {
        let chat = try ChatFixture(Self.policy)
        try await chat.addMember(8, as: .operator)
        let refusal =
            "/build needs the role admin, and yours is operator. Ask an admin to do it, or to invite you with that role."
        #expect(try await chat.send("/build", user: 8, chat: -5) == [refusal])
        try await chat.send("/build", chat: -5)
        try await chat.report(.completed(outcome: .built(image: .small)))
        await chat.deliver()
        #expect(try await chat.send("/retry 1", user: 8, chat: -5) == [refusal])
        #expect(try await chat.press("a:1", user: 8, chat: -5)?.text == refusal)
        #expect(try await chat.press("e:1", user: 8, chat: -5)?.isAlert == true)
        #expect(try await chat.store.read { try $0.images(limit: 1) }.first?.enrolmentHash != nil)
        #expect(try await chat.press("e:1")?.text == "Machines of this image get no more jobs.")
        #expect(
            try await chat.press("e:9")?.text
                == "This image does not exist any more. /images lists the images."
        )
        #expect(try await chat.store.read { try $0.images(limit: 1) }.first?.enrolmentHash == nil)
        #expect(try await chat.send("/images").first?.contains("run 1 · its machines get no jobs") == true)
    }

    @Test("/build is refused if no build command is configured")
    func noCommand() async throws {
        let chat = try ChatFixture()
        let answer = try await chat.send("/build")
        #expect(answer.first?.contains("Its owner can set OKAI_IMAGE_COMMAND") == true)
        #expect(try await chat.runs().isEmpty)
    }

    @Test("a failure shows its phase, what to do, and the last lines of the log, once")
    func failure() async throws {
        let chat = try ChatFixture(Self.policy)
        try await chat.send("/build")
        try await chat.store.write { transaction in
            for line in 1...7 { try transaction.append(log: "line \(line)", toJob: 1, at: noon) }
        }
        let failure = Failure(phase: .building, reason: "the image command ended with 3", advice: "Look.")
        try await chat.report(.failed(failure: failure))
        await chat.deliver(after: 20)
        let failed = """
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
        #expect(chat.surface.texts.filter { $0.contains("failed while building: ") } == [failed])
    }
}
