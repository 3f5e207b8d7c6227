import Commands
import Contract
import Foundation
import Jobs
import Store
import Telegram
import Testing

@Suite("Files in a chat")
struct FileTests {
    private static let iris = ChatFile(id: "file-1", name: "iris.csv", type: "text/csv", size: 3_858)

    private static func policy() -> ChatPolicy {
        var policy = ChatPolicy.test
        policy.fileLimit = ChatFile.telegramLimit
        return policy
    }

    private func fixture() async throws -> ChatFixture<RecordingSurface> {
        let chat = try ChatFixture(Self.policy())
        try await chat.addMember(9, as: .viewer)
        return chat
    }

    /// The tables of the open predictions.
    private func tables(_ chat: ChatFixture<RecordingSurface>) async throws -> [PredictTable?] {
        try await chat.openJobs().compactMap {
            if case .predict(let arguments) = $0.work { .some(arguments.table) } else { nil }
        }
    }

    @Test("a file is stored by a run, which names the file so that it can be downloaded again")
    func store() async throws {
        let chat = try await fixture()
        #expect(try await chat.handle(.file(Self.iris, caption: nil)).answers == ["liveMessage"])
        let run = try #require(try await chat.runs().first)
        #expect(run.work == .store(StoreArguments(file: Self.iris)))
        #expect(run.job.work.chatFile == Self.iris)
    }

    @Test("the caption /store stores the file, and without a file it says to send one")
    func storeByName() async throws {
        let chat = try await fixture()
        #expect(
            try await chat.send("/store iris.csv") == [
                "There is no command /store here; send the file itself. /help all lists the commands."
            ]
        )
        #expect(try await chat.handle(.file(Self.iris, caption: "/Store")).answers == ["liveMessage"])
        #expect(try await chat.runs().map(\.work) == [.store(StoreArguments(file: Self.iris))])
    }

    @Test("the run ends with the card of the blob, and its number stands for the blob in /train")
    func card() async throws {
        let chat = try await fixture()
        try await chat.handle(.file(Self.iris, caption: nil))
        try await chat.report(.completed(outcome: .stored(card: .irises(.iris))))
        #expect(try await chat.outbox().map(\.kind) == [.card])
        #expect(try await chat.store.read { try $0.card(of: .iris) } == .irises(.iris))
        try await chat.send("/train 1 trees=5")
        guard case .train(let arguments)? = try await chat.runs().first?.work else {
            Issue.record("the run is not a training")
            return
        }
        #expect(arguments.dataset == .iris)
    }

    @Test("no button offers more time to a store run, which has no limit to raise")
    func noMoreTime() async throws {
        let chat = try await fixture()
        try await chat.handle(.file(Self.iris, caption: nil))
        let late = Failure(phase: .pushing, reason: "late", advice: "Wait.", remedy: .moreTime)
        try await chat.report(.failed(failure: late))
        let keyboard = try #require(try await lastMessage(chat)?.keyboard)
        let buttons = keyboard.rows.flatMap { $0 }.map(\.text)
        #expect(buttons.contains("🔁 Retry"))
        #expect(!buttons.contains("⏱ More time"))
    }

    @Test(
        "a file that cannot be a table is refused",
        arguments: [
            ChatFile(id: "f", name: "cat.csv", type: "image/png"), ChatFile(id: "f", name: "table.xlsx"),
            ChatFile(id: "", name: "video", type: "video/mp4"),
            ChatFile(id: "f", name: "paper.pdf", type: "application/pdf"),
        ]
    )
    func wrongKind(_ file: ChatFile) async throws {
        let chat = try await fixture()
        let answers = try await chat.handle(.file(file, caption: nil)).answers
        let refusal = "is not a table, and I store tables only. Send a CSV file (UTF-8, with a header)."
        #expect(answers == ["\(file.name) \(refusal)"])
        #expect(try await chat.runs().isEmpty)
    }

    @Test("a file above Telegram's limit is refused, and one at the limit is stored")
    func tooLarge() async throws {
        let chat = try await fixture()
        var file = Self.iris
        file.size = ChatFile.telegramLimit + 1
        let answers = try await chat.handle(.file(file, caption: nil)).answers
        #expect(answers.first?.contains("up to 20 MB") == true)
        #expect(answers.first?.contains("okaibot walrus put FILE") == true)
        file.size = ChatFile.telegramLimit
        #expect(try await chat.handle(.file(file, caption: nil)).answers == ["liveMessage"])
    }

    @Test("a viewer and a stranger cannot store a file")
    func roles() async throws {
        let chat = try await fixture()
        let viewer = try await chat.handle(.file(Self.iris, caption: nil), user: 9, chat: 9).answers
        #expect(
            viewer.first?.hasPrefix("Sending a file needs the role operator, and yours is viewer.") == true
        )
        let stranger = try await chat.handle(.file(Self.iris, caption: nil), user: 77, chat: 77).answers
        #expect(stranger.first?.contains("works only for people on its list") == true)
        #expect(try await chat.runs().isEmpty)
    }

    @Test(
        "in a group, a file is stored only if its caption mentions the bot",
        arguments: [
            (nil, false), ("my data", false), ("for @other_bot", false), ("@okai_test_bot please", true),
            ("here, @OKAI_Test_Bot!", true), ("me@okai_test_botany", false),
        ] as [(String?, Bool)]
    )
    func group(_ caption: String?, isStored: Bool) async throws {
        let chat = try await fixture()
        let answers = try await chat.handle(.file(Self.iris, caption: caption), chat: -5).answers
        #expect(answers == (isStored ? ["liveMessage"] : []))
    }

    @Test("with the caption /predict 1, the model of run 1 predicts the rows of the file")
    func predict() async throws {
        let chat = try await fixture()
        try await chat.send("/train \(Demo.blob)")
        try await chat.report(.completed(outcome: .iris))
        try await chat.handle(.file(Self.iris, caption: "/predict 1"))
        try await chat.send("/predict 1 \(Demo.blob)")
        #expect(try await tables(chat) == [.file(Self.iris), .blob(.iris)])
        let wrong = try await chat.handle(.file(Self.iris, caption: "/predict")).answers
        #expect(wrong.first?.contains("the number of a training's run is missing") == true)
        let picture = ChatFile(id: "f", name: "cat.png", type: "image/png")
        #expect(
            try await chat.handle(.file(picture, caption: "/predict 1")).answers.first?.contains(
                "is not a table"
            )
                == true
        )
        #expect(try await tables(chat).count == 2)
    }

    /// The open fetches.
    private func fetches(_ chat: ChatFixture<RecordingSurface>) async throws -> [FetchArguments] {
        try await chat.openJobs().compactMap {
            if case .fetch(let arguments) = $0.work { arguments } else { nil }
        }
    }

    /// A training by Ada whose model has `size` bytes.
    private func trained(_ size: Int) async throws -> ChatFixture<RecordingSurface> {
        let chat = try await fixture()
        try await chat.send("/train \(Demo.blob)")
        guard case .trained(var result) = Outcome.iris else { return chat }
        result.model.size = size
        try await chat.report(.completed(outcome: .trained(result: result)))
        return chat
    }

    /// Renders the newest message.
    private func lastMessage(_ chat: ChatFixture<RecordingSurface>) async throws -> RenderedMessage? {
        guard let message = try await chat.outbox().last else { return nil }
        return try await chat.render(message)
    }

    @Test("a model that fits into a message is sent as a file, a larger one has a link")
    func model() async throws {
        for (size, isFile) in [(AnswerFile.limit, true), (AnswerFile.limit + 1, false)] {
            let chat = try await trained(size)
            let button = try await lastMessage(chat)?.keyboard?.rows.first?.first
            #expect(button?.text == "⬇️ Model")
            #expect(button?.callbackData == (isFile ? "w:1" : nil))
            #expect((button?.url == nil) == isFile)
        }
    }

    @Test("each person who sees the run can fetch its model, once at a time")
    func download() async throws {
        let chat = try await trained(45_790)
        #expect(try await chat.press("w:1")?.text == "The file comes in a moment.")
        _ = try await chat.press("w:1")
        #expect(try await fetches(chat).map(\.name) == ["run-1-model.onnx"])
        #expect(
            try await chat.press("w:1", user: 9, chat: 9)?.text
                == "This chat has no run 1. /runs lists its runs."
        )
        #expect(try await chat.press("w:2")?.text == "This chat has no run 2. /runs lists its runs.")
        #expect(try await fetches(chat).count == 1)
        _ = try await chat.press("w:\(BlobID.iris)")
        #expect(try await fetches(chat).last == FetchArguments(blob: .iris, name: "\(BlobID.iris)"))
    }

    @Test("a fetch that fails says why")
    func lost() async throws {
        let failure = Failure(phase: nil, reason: "it rains", advice: "Wait.")
        let ends: [(WorkerEvent, String)] = [
            (.completed(outcome: .missing(blob: .iris)), "Blob not found\n\(BlobID.iris)\nNo aggregator"),
            (
                .completed(outcome: .missing(blob: .iris, isRecent: true)),
                "The file cannot be sent now\n\(BlobID.iris)\nNo aggregator"
            ),
            (.failed(failure: failure), "The file cannot be sent: it rains\nWait."),
        ]
        for (event, words) in ends {
            let chat = try await fixture()
            _ = try await chat.press("w:\(BlobID.iris)")
            try await chat.report([event], job: try #require(try await chat.openJobs().first))
            #expect(try await lastMessage(chat)?.text.plain.hasPrefix(words) == true)
        }
    }

    @Test("with the caption /train, a file is stored, and its card offers to train")
    func toTrainOn() async throws {
        let chat = try await fixture()
        try await chat.handle(.file(Self.iris, caption: "/train"))
        #expect(try await chat.runs().first?.work == .store(StoreArguments(file: Self.iris)))
    }

    @Test("a file with /predict is refused, too, if it is too large")
    func tooLargeToAsk() async throws {
        let chat = try await fixture()
        try await chat.send("/train \(Demo.blob)")
        try await chat.report(.completed(outcome: .iris))
        var file = Self.iris
        file.size = 21 << 20
        let answers = try await chat.handle(.file(file, caption: "/predict 1")).answers
        #expect(answers.first?.contains("up to 20 MB") == true)
    }
}
