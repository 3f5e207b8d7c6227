import Commands
import Contract
import Foundation
import Store
import Support
import Telegram

/// A conversation as text: what happens stands at the start of a line, what the bot says then below it, after two
/// blanks, and a remark after `#`.
struct Play {
    private let stage: Stage
    private var script: [String] = []

    /// The text with all that the bot says in it, as it comes out now.
    static func perform(_ text: String) async throws -> String {
        let fake = BotAPIFake()
        let script = Script()
        try await withTemporaryFolder { folder in
            try await withLoopbackServer(fake.router) { address in
                var play = Play(stage: try await Stage(fake, at: address, folder: folder))
                for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
                    try await play.go(on: line)
                }
                await script.set(play.script)
            }
            for problem in await fake.violations { throw PlayError("Telegram would refuse: \(problem)") }
        }
        return await script.text
    }

    private init(stage: Stage) {
        self.stage = stage
    }

    private mutating func go(on line: String) async throws {
        if line.isEmpty || line.hasPrefix(" ") { return }
        if line.hasPrefix("#") {
            if script.last?.hasPrefix("#") == false { script.append("") }
            return script.append(line)
        }
        if script.last?.hasPrefix("  ") == true || script.last?.hasPrefix("#") == true { script.append("") }
        script.append(line)
        do {
            let toast = try await act(line)
            if let text = toast?.text {
                script.append("  \(toast?.isAlert == true ? "alert" : "toast"): \(text)")
            }
        } catch let error as PlayError {
            throw PlayError("\(line): \(error.reason)")
        }
        script += try await stage.hear()
    }

    /// What the line says happens; a word to whoever pressed a button.
    private func act(_ line: String) async throws -> Toast? {
        if let match = line.wholeMatch(of: /(\w+)( in Lab)?(?:, topic (\d+))?: (.*)/) {
            return try await stage.say(
                Person(match.1),
                at: place(match.2, match.3),
                .text(stage.spoken(String(match.4)))
            )
        }
        if let match = line.wholeMatch(
            of: /(\w+)( in Lab)?(?:, topic (\d+))? taps \[(.+)\](?: below (#\d+))?/
        ) {
            let (label, message) = (String(match.4), match.5.map(String.init))
            return try await stage.tap(Person(match.1), at: place(match.2, match.3), label, below: message)
        }
        if let match = line.wholeMatch(of: /(\w+)( in Lab)?(?:, topic (\d+))? presses "(.*)"/) {
            let content = ChatUpdate.Content.press(data: String(match.4), query: "q")
            return try await stage.say(Person(match.1), at: place(match.2, match.3), content)
        }
        if let match = line.wholeMatch(
            of:
                /(\w+)( in Lab)?(?:, topic (\d+))? sends (\S+) \((\d+) bytes\)(?:, answering #(\d+))?(?:: (.*))?/
        ) {
            let name = String(match.4)
            let file = ChatFile(id: "file", name: name, type: WorkerLine.type(of: name), size: Int(match.5))
            return try await stage.say(
                Person(match.1),
                at: place(match.2, match.3),
                .file(file, caption: match.7.map(String.init)),
                answering: match.6.flatMap { Int($0) }
            )
        }
        if let match = line.wholeMatch(of: /run (\d+) (.+)/) {
            try await stage.report(RunID(Int64(match.1) ?? 0), WorkerLine.events(String(match.2)))
        } else if let match = line.wholeMatch(of: /the look finds (.+)/) {
            try await stage.found(WorkerLine.outcome(String(match.1)))
        } else if let match = line.wholeMatch(of: /the model answers (.+)/) {
            let (prediction, lines) = try WorkerLine.prediction(String(match.1))
            try await stage.modelSays(prediction, lines: lines)
        } else if let match = line.wholeMatch(of: /the file comes: (.+)/) {
            try await stage.fetched([String(match.1)])
        } else if let note = try Self.note(line) {
            try await stage.post(note)
        } else if let match = line.wholeMatch(of: /a run would cost \$([0-9.]+)/) {
            await stage.price(Double(match.1) ?? 0)
        } else if let match = line.wholeMatch(of: /([0-9]+) (second|minute|hour|day)s? later/) {
            let units = ["second": 1.0, "minute": 60, "hour": 3_600, "day": 86_400]
            stage.wait((Double(match.1) ?? 0) * (units[String(match.2)] ?? 0))
        } else {
            throw PlayError("nobody knows what this line means")
        }
        return nil
    }

    private func place(_ group: Substring?, _ topic: Substring?) -> Place {
        Place(isGroup: group != nil, topic: topic.flatMap { ThreadID($0) })
    }

    /// `a high note to nightly, titled "…", tagged "…", linked to "…": the text`.
    private static func note(_ line: String) throws -> TopicPost? {
        let form =
            /an? (?:(\w+) )?note to (\S+?)(?:, titled "(.*?)")?(?:, tagged "(.*?)")?(?:, linked to "(.*?)")?: (.*)/
        guard let match = line.wholeMatch(of: form) else { return nil }
        var note = TopicPost(topic: String(match.2), text: String(match.6))
        let priorities: [String: TopicPost.Priority] = [
            "low": .low, "high": .high, "urgent": .urgent,
        ]
        note.priority = match.1.flatMap { priorities[String($0)] }
        note.title = match.3.map(String.init)
        note.tags = match.4.map { $0.split(separator: ",").map(String.init) }
        note.link = match.5.map(String.init)
        return note
    }
}

/// Collects the text across the server's closure.
private actor Script {
    private var lines: [String] = []
    func set(_ lines: [String]) { self.lines = lines }
    var text: String { lines.joined(separator: "\n") + "\n" }
}

struct PlayError: Error, CustomStringConvertible {
    let reason: String
    init(_ reason: String) { self.reason = reason }
    var description: String { reason }
}

/// Where somebody speaks: in private, or in the group called Lab, perhaps in one of its topics.
struct Place {
    var isGroup: Bool
    var topic: ThreadID?
}

/// Who speaks: Ada owns the bot, Grace trains, Vera watches, Eve is a stranger.
enum Person: String {
    case Ada, Grace, Vera, Eve

    init(_ name: Substring) throws {
        guard let person = Person(rawValue: String(name)) else { throw PlayError("nobody is called \(name)") }
        self = person
    }

    var id: UserID {
        switch self {
        case .Ada: 42
        case .Grace: 8
        case .Vera: 9
        case .Eve: 77
        }
    }
}
