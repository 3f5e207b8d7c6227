import Commands
import Contract
import Foundation
import HTTP
import Jobs
import Store
import Support
import Synchronization
import Telegram
import Testing

/// A bot between its rows and a strict Telegram, with a clock that stands still until it is told to go on.
final class Stage: Sendable {
    private static let lab: ChatID = -1_001

    private let store: SQLiteStore
    private let conversation: Conversation
    private let courier: Courier
    private let fake: BotAPIFake
    private let clock = StageClock()
    private let answers: AnswerFiles
    private let state = Mutex(State())

    private struct State {
        var update: UpdateID = 0
        /// People's messages have numbers of their own, so that those of the bot can be told apart.
        var message: MessageID = 900
        var heard = 0
        /// The bot's messages in the order in which they were sent.
        var sent: [MessageID] = []
        /// By message: where it is, and its buttons.
        var keyboards: [MessageID: (chat: ChatID, buttons: [JSONValue])] = [:]
        /// The newest that an address or an invitation had; a transcript says SECRET for each.
        var secret = ""
    }

    init(_ fake: BotAPIFake, at address: BaseURL, folder: String) async throws {
        self.fake = fake
        store = try SQLiteStore()
        answers = AnswerFiles(folder: folder)
        var policy = ChatPolicy.lab
        (policy.answers, policy.fileLimit) = (answers, ChatFile.telegramLimit)
        policy.engines = [.local, .vm]
        policy.build = BuildArguments(command: ["make-image"], folder: "/images", bot: "https://bot.example")
        (policy.imageURL, policy.dailyBudget) = ("https://bot.example/images", 0.5)
        conversation = Conversation(store: store, policy: policy)
        let api = BotAPI(token: try BotToken(BotAPIFake.token), server: address)
        courier = Courier(
            store: store,
            surface: Unhurried(surface: TelegramSurface(api: api, logger: .silent)),
            policy: policy,
            painter: Sketch(),
            logger: .silent,
            now: { [clock] in clock.now }
        )
        try await store.write {
            try $0.save(Member(userID: Person.Grace.id, role: .operator, name: "Grace", addedAt: noon))
            try $0.save(Member(userID: Person.Vera.id, role: .viewer, name: "Vera", addedAt: noon))
        }
    }

    /// The words with the newest secret in its place.
    func spoken(_ words: String) -> String { state.withLock { words.replacing("SECRET", with: $0.secret) } }

    // MARK: What happens

    /// Somebody writes, or presses what says `content`, in private or in the group called Lab.
    ///
    /// `answering`: the number of the bot's message that it answers.
    func say(
        _ person: Person,
        at place: Place,
        _ content: ChatUpdate.Content,
        message: MessageID? = nil,
        answering number: Int? = nil
    ) async throws -> Toast? {
        let (update, own) = state.withLock { state in
            state.update = state.update.next
            if message == nil { state.message = MessageID(state.message.rawValue + 1) }
            return (state.update, state.message)
        }
        let answered = number.flatMap { number in
            state.withLock { $0.sent.indices.contains(number - 1) ? $0.sent[number - 1] : nil }
        }
        return try await conversation.handle(
            ChatUpdate(
                id: update,
                chat: place.isGroup ? Self.lab : ChatID(private: person.id),
                isPrivate: !place.isGroup,
                thread: place.topic,
                message: message ?? own,
                repliesTo: answered.map { .init(message: $0, author: "okai_test_bot") },
                user: person.id,
                userName: person.rawValue,
                content: content
            ),
            now: clock.now
        )
    }

    /// Somebody presses the newest button in that chat that is called `label`, or the one below message `place`.
    func tap(_ person: Person, at place: Place, _ label: String, below number: String?) async throws -> Toast?
    {
        let chat = place.isGroup ? Self.lab : ChatID(private: person.id)
        let found = state.withLock { state in
            state.sent.enumerated().reversed().compactMap { index, id -> (MessageID, String)? in
                guard let keyboard = state.keyboards[id], keyboard.chat == chat,
                    number == nil || number == "#\(index + 1)",
                    let button = keyboard.buttons.first(where: { $0["text"]?.string == label }),
                    let data = button["callback_data"]?.string
                else { return nil }
                return (id, data)
            }.first
        }
        guard let (message, data) = found else { throw PlayError("there is no such button") }
        return try await say(person, at: place, .press(data: data, query: "q"), message: message)
    }

    /// A script posts to an address of Ada's chat.
    func post(_ note: TopicPost) async throws {
        try await store.write { [now = clock.now] transaction in
            try transaction.enqueue(
                NewMessage(.post(note), chat: ChatID(private: Person.Ada.id), createdAt: now)
            )
        }
    }

    /// What a rented machine costs becomes known.
    func price(_ dollars: Double) async {
        await Pricer(store: store, logger: .silent) { dollars }.priceWaitingJobs(now: clock.now)
    }

    func wait(_ seconds: TimeInterval) {
        clock.advance(by: seconds)
    }

    /// A worker starts on the run where none is at it, and reports.
    func report(_ run: RunID, _ events: [WorkerEvent]) async throws {
        try await store.write { [now = clock.now] transaction in
            var job = try #require(try transaction.run(run)?.job)
            try Self.start(&job, in: transaction, at: now)
            for event in events {
                job = try transaction.transition(job, by: .reported(event, number: 1, retryAfter: .seconds(60)), at: now)
            }
        }
    }

    /// The oldest question to a model is answered; with more than a few rows by a file.
    func modelSays(_ prediction: Prediction, lines: [String]) async throws {
        let job = try await oldest(.predict)
        if prediction.file != nil { try await leave(lines, by: job) }
        try await complete(job, .predicted(result: prediction))
    }

    /// The oldest blob that was asked for as a file is brought: a text of these lines.
    func fetched(_ lines: [String]) async throws {
        let job = try await oldest(.fetch)
        guard case .fetch(let arguments) = job.work else { return }
        try await leave(lines, by: job)
        try await complete(job, .fetched(file: AnswerFile(name: arguments.name, size: 45_790)))
    }

    /// The oldest look that is open comes to its end.
    func found(_ outcome: @Sendable (BlobID) -> Outcome) async throws {
        let job = try await oldest(.look)
        guard case .look(let arguments) = job.work else { return }
        try await complete(job, outcome(arguments.blob))
    }

    private func oldest(_ kind: JobKind) async throws -> Job {
        guard let job = try await store.read({ try $0.openJobs() }).first(where: { $0.kind == kind }) else {
            throw PlayError("nobody waits for a \(kind.rawValue)")
        }
        return job
    }

    private func leave(_ lines: [String], by job: Job) async throws {
        let pieces = AsyncThrowingStream<[UInt8], any Error> { pieces in
            pieces.yield(Array((lines.joined(separator: "\n") + "\n").utf8))
            pieces.finish()
        }
        try await answers.store(pieces, forJob: job.id)
    }

    private func complete(_ open: Job, _ outcome: Outcome) async throws {
        try await store.write { [now = clock.now] transaction in
            var job = open
            try Self.start(&job, in: transaction, at: now)
            let event = WorkerEvent.completed(outcome: outcome)
            try transaction.transition(job, by: .reported(event, number: 1, retryAfter: .zero), at: now)
        }
    }

    private static func start(_ job: inout Job, in transaction: Transaction, at now: Date) throws {
        guard job.state != .running else { return }
        let launched = JobEvent.launched(tokenHash: Data([1]), until: now + 60, deadline: now + 86_400)
        job = try transaction.transition(job, by: launched, at: now)
        job = try transaction.transition(job, by: .claimed(leaseTokenHash: Data([2]), until: now + 60), at: now)
    }

    // MARK: What is heard

    /// What the bot has sent since this was asked for last, as lines of the transcript.
    func hear() async throws -> [String] {
        for _ in 0..<20 { await courier.deliverDue() }
        let calls = await fake.calls
        return state.withLock { state in
            defer { state.heard = calls.count }
            // Chats are written to beside each other: which one first means nothing.
            let fresh = calls.dropFirst(state.heard).sorted { $0.chat < $1.chat }
            return fresh.flatMap { Self.lines(for: $0, &state) }
        }
    }

    private static func lines(for call: BotAPIFake.Call, _ state: inout State) -> [String] {
        guard let id = call.messageID.map(MessageID.init(rawValue:)) else { return [] }
        let isNew = call.method != "editMessageText"
        if isNew { state.sent.append(id) }
        let number = (state.sent.firstIndex(of: id) ?? -1) + 1
        let rows = (call.parameters["reply_markup"]?["inline_keyboard"]?.array ?? []).map { $0.array ?? [] }
        state.keyboards[id] = (ChatID(call.chat), rows.flatMap(\.self))
        let marks: [String?] = [
            "#\(number)", ChatID(call.chat) == lab ? "in Lab" : nil,
            call.parameters["message_thread_id"]?.integer.map { "topic \($0)" }, isNew ? nil : "now reads",
            call.method == "sendDocument" ? "with a file" : nil,
            call.method == "sendPhoto" ? "with a picture" : nil,
            call.parameters["disable_notification"] == true ? "silent" : nil,
            call.parameters["reply_parameters"] == nil ? nil : "as a reply",
        ]
        let file = call.parameters["document"]?.string.map { $0.split(separator: "\n").map { "  ¦ \($0)" } }
        let text = hiding(call.text, &state).split(separator: "\n", omittingEmptySubsequences: false)
            .map { "  | \($0)" }
        return ["  " + marks.compactMap(\.self).joined(separator: ", ")] + text + (file ?? [])
            + rows.map { "  " + $0.map(label).joined(separator: " ") }
    }

    /// The text without its secrets, of which the newest is kept.
    private static func hiding(_ text: String, _ state: inout State) -> String {
        text.replacing(/(start=|bot\.example\/)([A-Za-z0-9_\-]{43})/) { match in
            state.secret = String(match.2)
            return "\(match.1)SECRET"
        }
    }

    private static func label(of button: JSONValue) -> String {
        let text = button["text"]?.string ?? ""
        if let url = button["url"]?.string { return "[\(text) → \(url)]" }
        if let copied = button["copy_text"]?["text"]?.string { return "[\(text) ⧉ \(copied)]" }
        return "[\(text)]"
    }
}

/// Draws next to nothing: what pictures show is tested elsewhere.
private struct Sketch: Painter {
    func picture(of request: PictureRequest) async -> [UInt8]? { [0x89, 0x50, 0x4E, 0x47] }
}

/// The time on stage.
private final class StageClock: Sendable {
    private let time = Mutex(noon)
    var now: Date { time.withLock { $0 } }
    func advance(by seconds: TimeInterval) { time.withLock { $0 += seconds } }
}

/// Telegram, as if it set no limits: those have tests of their own.
private struct Unhurried: ChatSurface {
    let surface: TelegramSurface

    var limits: SendLimits { .none(editInterval: .zero) }

    func send(_ message: OutgoingMessage) async throws -> MessageID { try await surface.send(message) }

    func edit(_ id: MessageID, to message: OutgoingMessage) async throws {
        try await surface.edit(id, to: message)
    }

    func send(document: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        try await surface.send(document: document, name: name, message)
    }

    func send(file path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID {
        try await surface.send(file: path, name: name, message)
    }

    func send(picture: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        try await surface.send(picture: picture, name: name, message)
    }

    func acknowledge(_ toast: Toast) async throws {}
}
