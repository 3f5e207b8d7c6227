import Commands
import Contract
import Foundation
import Jobs
import Store
import Telegram
import Testing

@Suite("A file in a chat")
struct FileTests {
    private static let iris = ChatFile(id: "file-1", name: "iris.csv", type: "text/csv", size: 3_858)

    private static func policy() -> ChatPolicy {
        var policy = ChatPolicy.lab
        policy.fileLimit = ChatFile.telegramLimit
        return policy
    }

    private func room() async throws -> Room {
        let room = try Room(Self.policy())
        try await room.store.write {
            try $0.save(Member(userID: 9, role: .viewer, name: "Vera", addedAt: noon))
        }
        return room
    }

    /// The tables that models are asked about.
    private func tables(_ room: Room) async throws -> [PredictTable?] {
        try await room.store.read { try $0.openJobs() }.compactMap {
            if case .predict(let arguments) = $0.work { .some(arguments.table) } else { nil }
        }
    }

    @Test("it is stored by a run of its own, which names what is needed to fetch it again")
    func store() async throws {
        let room = try await room()
        #expect(try await room.happen(.file(Self.iris, caption: nil)).words == ["anchor"])
        let run = try #require(try await room.runs().first)
        #expect(run.work == .store(StoreArguments(file: Self.iris)))
        #expect(run.job.work.chatFile == Self.iris)
    }

    @Test("its end is its card, as if somebody had looked; that blob can be trained on by the run's number")
    func card() async throws {
        let room = try await room()
        try await room.happen(.file(Self.iris, caption: nil))
        try await room.end(1, .completed(outcome: .stored(card: .irises(.iris))))
        #expect(try await room.outbox().map(\.kind) == [.liveMessage, .card])
        #expect(try await room.store.read { try $0.card(of: .iris) } == .irises(.iris))
        try await room.hear("/train 1 trees=5")
        guard case .train(let arguments)? = try await room.runs().first?.work else {
            Issue.record("it is no training")
            return
        }
        #expect(arguments.dataset == .iris)
    }

    @Test(
        "what cannot be a table is refused with what is accepted",
        arguments: [
            ChatFile(id: "f", name: "cat.csv", type: "image/png"), ChatFile(id: "f", name: "table.xlsx"),
            ChatFile(id: "", name: "video", type: "video/mp4"),
            ChatFile(id: "f", name: "paper.pdf", type: "application/pdf"),
        ]
    )
    func wrongKind(_ file: ChatFile) async throws {
        let room = try await room()
        let words = try await room.happen(.file(file, caption: nil)).words
        #expect(
            words == ["\(file.name) is not what I store: send a table as a CSV file (UTF-8, with a header)."]
        )
        #expect(try await room.runs().isEmpty)
    }

    @Test("one beyond Telegram's limit is refused with the way round, and one at the limit is not")
    func tooLarge() async throws {
        let room = try await room()
        var file = Self.iris
        file.size = ChatFile.telegramLimit + 1
        let words = try await room.happen(.file(file, caption: nil)).words
        #expect(words.first?.contains("up to 20 MB") == true)
        #expect(words.first?.contains("okaibot walrus put FILE") == true)
        file.size = ChatFile.telegramLimit
        #expect(try await room.happen(.file(file, caption: nil)).words == ["anchor"])
    }

    @Test("a viewer and a stranger may not store")
    func roles() async throws {
        let room = try await room()
        let viewer = try await room.happen(.file(Self.iris, caption: nil), user: 9, chat: 9).words
        #expect(viewer.first?.contains("not enough for this") == true)
        let stranger = try await room.happen(.file(Self.iris, caption: nil), user: 77, chat: 77).words
        #expect(stranger.first?.contains("works for people on its list") == true)
        #expect(try await room.runs().isEmpty)
    }

    @Test(
        "in a group it is stored only where it is for the bot",
        arguments: [
            (nil, false), ("my data", false), ("for @other_bot", false), ("@okai_test_bot please", true),
            ("here, @OKAI_Test_Bot!", true), ("me@okai_test_botany", false),
        ] as [(String?, Bool)]
    )
    func group(_ caption: String?, isTaken: Bool) async throws {
        let room = try await room()
        let words = try await room.happen(.file(Self.iris, caption: caption), chat: -5).words
        #expect(words == (isTaken ? ["anchor"] : []))
    }

    @Test("below /predict it is asked about, by whichever run is named")
    func predict() async throws {
        let room = try await room()
        try await room.hear("/train \(Demo.blob)")
        try await room.end(1, .completed(outcome: .iris))
        try await room.happen(.file(Self.iris, caption: "/predict 1"))
        try await room.hear("/predict 1 \(Demo.blob)")
        #expect(try await tables(room) == [.file(Self.iris), .blob(.iris)])
        let wrong = try await room.happen(.file(Self.iris, caption: "/predict")).words
        #expect(wrong.first?.contains("the number of a run is missing") == true)
        let picture = ChatFile(id: "f", name: "cat.png", type: "image/png")
        #expect(
            try await room.happen(.file(picture, caption: "/predict 1")).words.first?.contains(
                "not what I store"
            )
                == true
        )
        #expect(try await tables(room).count == 2)
    }

    /// The blobs that somebody wants as files.
    private func wanted(_ room: Room) async throws -> [FetchArguments] {
        try await room.store.read { try $0.openJobs() }.compactMap {
            if case .fetch(let arguments) = $0.work { arguments } else { nil }
        }
    }

    /// A training by Ada whose model has `size` bytes.
    private func trained(_ size: Int) async throws -> Room {
        let room = try await room()
        try await room.hear("/train \(Demo.blob)")
        guard case .trained(var result) = Outcome.iris else { return room }
        result.model.size = size
        try await room.end(1, .completed(outcome: .trained(result: result)))
        return room
    }

    /// The newest message of the room, as it is drawn now.
    private func told(_ room: Room) async throws -> RenderedMessage? {
        guard let message = try await room.outbox().last else { return nil }
        return try await room.store.render(message)
    }

    @Test("a model that fits into a message comes as a file, a larger one from an aggregator")
    func model() async throws {
        for (size, isFile) in [(AnswerFile.limit, true), (AnswerFile.limit + 1, false)] {
            let room = try await trained(size)
            let button = try await told(room)?.keyboard?.rows.first?.first
            #expect(button?.text == "⬇️ Model")
            #expect(button?.callbackData == (isFile ? "w:1" : nil))
            #expect((button?.url == nil) == isFile)
        }
    }

    @Test("whoever sees the run may have it, once at a time; others are told nothing of it")
    func download() async throws {
        let room = try await trained(45_790)
        #expect(try await room.press("w:1")?.text == "The file is on its way.")
        _ = try await room.press("w:1")
        #expect(try await wanted(room).map(\.name) == ["run-1-model.onnx"])
        #expect(try await room.press("w:1", user: 9, chat: 9)?.text == "There is no run 1.")
        #expect(try await room.press("w:2")?.text == "There is no run 2.")
        #expect(try await wanted(room).count == 1)
        _ = try await room.press("w:\(BlobID.iris)")
        #expect(try await wanted(room).last == FetchArguments(blob: .iris, name: "\(BlobID.iris)"))
    }

    @Test("a file that does not come says why")
    func lost() async throws {
        let failure = Failure(phase: nil, reason: "it rains", advice: "Wait.")
        let ends: [(WorkerEvent, String)] = [
            (.completed(outcome: .missing(blob: .iris)), "Blob not found\n\(BlobID.iris)\nNo aggregator"),
            (.failed(failure: failure), "The file does not come: it rains\nWait."),
        ]
        for (event, words) in ends {
            let room = try await room()
            _ = try await room.press("w:\(BlobID.iris)")
            try await room.store.write { transaction in
                let job = try #require(try transaction.openJobs().first)
                let launched = JobEvent.launched(tokenHash: Data([1]), until: noon + 60, deadline: noon + 99)
                let running = try transaction.transition(job, by: launched, at: noon)
                try transaction.transition(running, by: .reported(event, number: 1, retryAfter: .zero), at: noon)
            }
            #expect(try await told(room)?.text.plain.hasPrefix(words) == true)
        }
    }

    @Test("below /train it is stored, and its card offers to train")
    func toTrainOn() async throws {
        let room = try await room()
        try await room.happen(.file(Self.iris, caption: "/train"))
        #expect(try await room.runs().first?.work == .store(StoreArguments(file: Self.iris)))
    }

    @Test("a file that is both too large and asked about is refused, too")
    func tooLargeToAsk() async throws {
        let room = try await room()
        try await room.hear("/train \(Demo.blob)")
        try await room.end(1, .completed(outcome: .iris))
        var file = Self.iris
        file.size = 21 << 20
        let words = try await room.happen(.file(file, caption: "/predict 1")).words
        #expect(words.first?.contains("up to 20 MB") == true)
    }
}
