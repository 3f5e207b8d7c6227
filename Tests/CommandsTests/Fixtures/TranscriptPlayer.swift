import Commands
import Contract
import Foundation
import HTTP
import Jobs
import Store
import Support
import Telegram

/// Replays a transcript: a conversation as text.
///
/// A line without indentation is an event, such as `Ada: /status`; the indented lines below it are the messages that the
/// bot then sends. A line that starts with `#` is a remark.
struct TranscriptPlayer {
    let chat: ChatFixture<UnlimitedTelegram>
    let answers: AnswerFiles
    var messages = TranscriptMessages()
    /// The id of the last message of a person; these ids start at 901, so that they differ from those of the bot.
    private var lastMessage: MessageID = 900
    private var lines: [String] = []

    /// The transcript with the messages that the bot sends now.
    static func replay(_ transcript: String) async throws -> String {
        let telegram = BotAPIFake()
        let (results, result) = AsyncStream.makeStream(of: String.self)
        try await withTemporaryFolder { folder in
            try await withLoopbackServer(telegram.router) { server in
                var player = try await TranscriptPlayer(telegram: server, folder: folder)
                for line in transcript.split(separator: "\n", omittingEmptySubsequences: false).map(
                    String.init
                ) {
                    try await player.play(line, telegram)
                }
                result.yield(player.lines.joined(separator: "\n") + "\n")
            }
        }
        for problem in await telegram.violations {
            throw TranscriptError("Telegram would refuse: \(problem)")
        }
        return await results.first { _ in true } ?? ""
    }

    /// Ada owns the bot, Grace is an operator, Vera is a viewer, Eve is not on the list.
    private init(telegram server: BaseURL, folder: String) async throws {
        answers = AnswerFiles(folder: folder)
        var policy = ChatPolicy.test
        (policy.answers, policy.fileLimit) = (answers, ChatFile.telegramLimit)
        policy.engines = [.local, .vm]
        policy.build = BuildArguments(command: ["make-image"], folder: "/images", bot: "https://bot.example")
        (policy.imageURL, policy.dailyBudget) = ("https://bot.example/images", 0.5)
        let api = BotAPI(token: try BotToken(BotAPIFake.token), server: server)
        let surface = UnlimitedTelegram(surface: TelegramSurface(api: api, logger: .silent))
        chat = try ChatFixture(
            surface: surface,
            policy: policy,
            painter: FixedPainter([0x89, 0x50, 0x4E, 0x47])
        )
        try await chat.addMember(Person.Grace.id, as: .operator, name: "Grace")
        try await chat.addMember(Person.Vera.id, as: .viewer, name: "Vera")
    }

    private mutating func play(_ line: String, _ telegram: BotAPIFake) async throws {
        if line.isEmpty || line.hasPrefix(" ") { return }
        if line.hasPrefix("#") {
            if lines.last?.hasPrefix("#") == false { lines.append("") }
            return lines.append(line)
        }
        if lines.last?.hasPrefix("  ") == true || lines.last?.hasPrefix("#") == true { lines.append("") }
        lines.append(line)
        do {
            if let toast = try await perform(line), let text = toast.text {
                lines.append("  \(toast.isAlert ? "alert" : "toast"): \(text)")
            }
        } catch let error as TranscriptError {
            throw TranscriptError("\(line): \(error.reason)")
        }
        await chat.deliver()
        lines += messages.lines(for: await telegram.calls)
    }

    /// Performs an event; returns the toast for the person who pressed a button.
    private mutating func perform(_ line: String) async throws -> Toast? {
        guard
            let match = line.wholeMatch(
                of: /(\w+)( in Lab)?(?:, topic (\d+))?(: | taps | presses | sends )(.*)/
            ),
            let person = Person(rawValue: String(match.1))
        else {
            try await performEvent(line)
            return nil
        }
        let sender = Sender(
            person: person,
            isInGroup: match.2 != nil,
            topic: match.3.flatMap { ThreadID($0) }
        )
        let words = String(match.5)
        switch match.4 {
        case ": ": return try await handle(.text(messages.withSecret(words)), from: sender)
        case " taps ": return try await tap(words, from: sender)
        case " presses ":
            let data = words.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            return try await handle(.press(data: data, query: "q"), from: sender)
        default: return try await sendFile(words, from: sender)
        }
    }

    /// Presses the newest button of that label, or the one below a message: `[📄 Logs] below #3`.
    private mutating func tap(_ words: String, from sender: Sender) async throws -> Toast? {
        guard let match = words.wholeMatch(of: /\[(.+)\](?: below #(\d+))?/),
            let button = messages.button(
                String(match.1),
                in: sender.chat,
                below: match.2.flatMap { Int($0) }
            )
        else { throw TranscriptError("there is no such button") }
        return try await handle(.press(data: button.data, query: "q"), from: sender, message: button.message)
    }

    /// `iris.csv (3858 bytes), replying to #4: the caption`.
    private mutating func sendFile(_ words: String, from sender: Sender) async throws -> Toast? {
        let form = /(\S+) \((\d+) bytes\)(?:, replying to #(\d+))?(?:: (.*))?/
        guard let match = words.wholeMatch(of: form) else { throw TranscriptError("this is not a file") }
        let name = String(match.1)
        let type =
            name.hasSuffix(".csv")
            ? "text/csv" : name.hasSuffix(".png") ? "image/png" : "application/octet-stream"
        let file = ChatFile(id: "file", name: name, type: type, size: Int(match.2))
        return try await handle(
            .file(file, caption: match.4.map(String.init)),
            from: sender,
            replyingTo: match.3.flatMap { Int($0) }
        )
    }

    private mutating func handle(
        _ content: ChatUpdate.Content,
        from sender: Sender,
        message: MessageID? = nil,
        replyingTo number: Int? = nil
    ) async throws -> Toast? {
        if message == nil { lastMessage = MessageID(lastMessage.rawValue + 1) }
        let update = ChatUpdate(
            id: chat.nextUpdate(),
            chat: sender.chat,
            isPrivate: !sender.isInGroup,
            thread: sender.topic,
            message: message ?? lastMessage,
            repliesTo: number.flatMap(messages.id).map { .init(message: $0, author: "okai_test_bot") },
            user: sender.person.id,
            userName: sender.person.rawValue,
            content: content
        )
        return try await chat.conversation.handle(update, now: chat.now)
    }
}

struct TranscriptError: Error, CustomStringConvertible {
    let reason: String
    init(_ reason: String) { self.reason = reason }
    var description: String { reason }
}

/// A person in a private chat, or in the group called Lab.
private struct Sender {
    var person: Person
    var isInGroup: Bool
    var topic: ThreadID?

    var chat: ChatID { isInGroup ? TranscriptMessages.lab : ChatID(private: person.id) }
}

enum Person: String {
    case Ada, Grace, Vera, Eve

    var id: UserID {
        switch self {
        case .Ada: 42
        case .Grace: 8
        case .Vera: 9
        case .Eve: 77
        }
    }
}

/// Draws every picture as the same bytes; nil: draws none.
struct FixedPainter: Painter {
    private let bytes: [UInt8]?

    init(_ bytes: [UInt8]?) { self.bytes = bytes }

    func picture(of request: PictureRequest) async -> [UInt8]? { bytes }
}

/// A Telegram surface without limits: the limits have tests of their own.
struct UnlimitedTelegram: ChatSurface {
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
