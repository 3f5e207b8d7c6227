import Commands
import Contract
import Foundation
import Jobs
import Store
import Support
import Telegram
import Testing

@Suite("Anything may be in a message", .timeLimit(.minutes(30)))
struct AnyTextTests {
    @Test(
        "a post arrives escaped and whole: in up to five messages, else as a document",
        arguments: RandomInput.seeds(5)
    )
    func posts(_ seed: UInt64) async throws {
        var random = RandomInput(seed: seed)
        let length = random.element(of: [50, 3_000, 9_000, 9_000, 100_000])
        let text = random.text(upTo: length)
        try await Desk.open { desk in
            let post = TopicPost(topic: "nightly", text: text)
            try await desk.store.write { try $0.enqueue(NewMessage(.post(post), chat: 42, createdAt: noon)) }
            await desk.courier.deliverDue()
            let calls = await desk.fake.calls
            let violations = await desk.fake.violations
            #expect(violations == [])
            #expect(desk.book.lines.filter { $0.hasPrefix("error") } == [])
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

    @Test("what workers say fits the messages that show it", arguments: RandomInput.seeds(4))
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
        try await Desk.open { desk in
            let origin = Origin(chat: 42, user: 42, userName: name)
            let launched = JobEvent.launched(tokenHash: Data([1]), until: noon + 60, deadline: noon + 60)
            let events: [WorkerEvent] = [
                .phase(name: .training), .progress(fraction: 0.5, note: note), .failed(failure: failure),
            ]
            try await desk.store.write { transaction in
                _ = try transaction.enqueueRun(.train(TrainArguments(dataset: .iris)), origin: origin, at: noon)
            }
            await desk.courier.deliverDue()
            try await desk.store.write { transaction in
                var job = try transaction.transition(
                    try #require(try transaction.run(1)).job,
                    by: launched,
                    at: noon
                )
                for event in events {
                    job = try transaction.transition(job, by: .reported(event, number: 1, retryAfter: .zero), at: noon)
                }
            }
            for _ in 0..<3 { await desk.courier.deliverDue() }
            let violations = await desk.fake.violations
            #expect(violations == [])
            #expect(desk.book.lines.filter { $0.hasPrefix("error") } == [])
            let calls = await desk.fake.calls
            #expect(calls.filter { $0.method == "editMessageText" }.count == 1)
            #expect(calls.count > 2)
            #expect(try await desk.store.read { try $0.openMessageCount() } == 0)
        }
    }

    @Test(
        "whatever is written or pressed, the bot answers in form, and strangers set nothing going",
        arguments: RandomInput.seeds(4)
    )
    func commands(_ seed: UInt64) async throws {
        var random = RandomInput(seed: seed)
        let room = try Room()
        try await room.store.write {
            try $0.save(Member(userID: 8, role: .operator, name: "x", addedAt: noon))
        }
        for _ in 0..<15 {
            let user = random.element(of: [42, 8, 77] as [UserID])
            let chat = random.element(of: [ChatID(private: user), -1])
            let word = random.element(of: CommandWord.allCases)
            let text =
                random.element(of: ["/\(word.rawValue) ", word.example + " ", "", "/"])
                + random.text(upTo: 80)
            let jobs = try await room.store.read { try $0.openJobs() }.count
            if random.number(in: 0...2) == 0 {
                let data =
                    random.element(of: ["t:", "r:", "c:", "C:", "l:", "a:", "s:", "h:", ""])
                    + random.text(upTo: 50)
                #expect(
                    try await room.press(data, user: user, chat: chat)?.text?.count ?? 0 <= 200,
                    "seed \(seed)"
                )
            } else {
                try await room.hear(text, user: user, chat: chat)
            }
            guard user == 77 else { continue }
            #expect(try await room.store.read { try $0.openJobs() }.count == jobs, "seed \(seed): \(text)")
        }
        for message in try await room.outbox() {
            let rendered = try await room.store.render(message)
            guard let rendered, case .messages(let messages) = Delivery(rendered, for: message) else { continue }
            for message in messages {
                #expect(throws: Never.self, "seed \(seed)") { try TelegramHTML.parse(message.text.html) }
            }
        }
    }
}

extension String {
    /// Without white space: where a text is cut, some of it may go.
    fileprivate var bare: [Unicode.Scalar] { unicodeScalars.filter { !$0.properties.isWhitespace } }
}
