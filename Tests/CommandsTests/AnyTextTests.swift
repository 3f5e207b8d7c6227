import Commands
import Contract
import Foundation
import Jobs
import Store
import Support
import Telegram
import Testing

@Suite("Messages with any text", .timeLimit(.minutes(30)))
struct AnyTextTests {
    @Test(
        "a post is delivered whole and escaped: in up to five messages, or as a document",
        arguments: RandomInput.seeds(5)
    )
    func posts(_ seed: UInt64) async throws {
        var random = RandomInput(seed: seed)
        let length = random.element(of: [50, 3_000, 9_000, 9_000, 100_000])
        let text = random.text(upTo: length)
        try await ChatFixture.withTelegram { chat, telegram, log in
            try await chat.enqueue(TopicPost(topic: "nightly", text: text), chat: 42)
            await chat.courier.deliverDue()
            let calls = await telegram.calls
            let violations = await telegram.violations
            #expect(violations == [])
            #expect(log.lines.filter { $0.hasPrefix("error") } == [])
            let whole = HTMLText.plain("🔔 nightly\n\(text)").plain
            if calls.first?.method == "sendDocument" {
                #expect(calls.count == 1 && whole.utf16.count > 4 * 4_096 / 2)
                #expect(calls[0].parameters["document"]?.string == whole)
            } else {
                #expect((1...5).contains(calls.count))
                #expect(calls.map(\.plain).joined().bare == whole.bare)
            }
        }
    }

    @Test("any text that a worker reports fits the messages that show it", arguments: RandomInput.seeds(4))
    func workers(_ seed: UInt64) async throws {
        var random = RandomInput(seed: seed)
        let lengths = [10, 500, 5_000, 100_000]
        let failure = Failure(
            phase: random.element(of: Phase.allCases),
            reason: random.text(upTo: random.element(of: lengths)),
            advice: random.text(upTo: random.element(of: lengths))
        )
        let note = random.text(upTo: random.element(of: lengths))
        let name = random.text(upTo: 200)
        try await ChatFixture.withTelegram { chat, telegram, log in
            let events: [WorkerEvent] = [
                .phase(name: .training), .progress(fraction: 0.5, note: note), .failed(failure: failure),
            ]
            try await chat.enqueueTraining(userName: name)
            await chat.courier.deliverDue()
            try await chat.report(events, run: 1)
            for _ in 0..<3 { await chat.courier.deliverDue() }
            let violations = await telegram.violations
            #expect(violations == [])
            #expect(log.lines.filter { $0.hasPrefix("error") } == [])
            let calls = await telegram.calls
            #expect(calls.filter { $0.method == "editMessageText" }.count == 1)
            #expect(calls.count > 2)
            #expect(try await chat.store.read { try $0.openMessageCount() } == 0)
        }
    }

    @Test(
        "the bot answers any text and any press in valid HTML, and starts no job for a stranger",
        arguments: RandomInput.seeds(4)
    )
    func commands(_ seed: UInt64) async throws {
        var random = RandomInput(seed: seed)
        let chat = try ChatFixture()
        try await chat.addMember(8, as: .operator)
        for _ in 0..<15 {
            let user = random.element(of: [42, 8, 77] as [UserID])
            let place = random.element(of: [ChatID(private: user), -1])
            let word = random.element(of: CommandWord.allCases)
            let text =
                random.element(of: ["/\(word.rawValue) ", word.example + " ", "", "/"])
                + random.text(upTo: 80)
            let jobs = try await chat.openJobs().count
            if random.number(in: 0...2) == 0 {
                let data =
                    random.element(of: ["t:", "r:", "c:", "C:", "l:", "a:", "s:", "h:", ""])
                    + random.text(upTo: 50)
                #expect(
                    try await chat.press(data, user: user, chat: place)?.text?.count ?? 0 <= 200,
                    "seed \(seed)"
                )
            } else {
                try await chat.send(text, user: user, chat: place)
            }
            guard user == 77 else { continue }
            #expect(try await chat.openJobs().count == jobs, "seed \(seed): \(text)")
        }
        for message in try await chat.outbox() {
            let rendered = try await chat.render(message)
            guard let rendered, case .messages(let messages) = Delivery(rendered, for: message) else {
                continue
            }
            for message in messages {
                #expect(throws: Never.self, "seed \(seed)") { try TelegramHTML.parse(message.text.html) }
            }
        }
    }
}

extension String {
    /// The text without white space: where a text is cut, some white space is dropped.
    fileprivate var bare: [Unicode.Scalar] { unicodeScalars.filter { !$0.properties.isWhitespace } }
}
