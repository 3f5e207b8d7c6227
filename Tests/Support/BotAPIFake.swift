package import Hummingbird
import NIOCore

/// A strict Bot API on loopback: it accepts what Telegram accepts, and refuses what Telegram refuses.
package actor BotAPIFake {
    /// A request of the bot.
    package struct Call: Sendable, Equatable {
        package let method: String
        package let parameters: JSONValue
        /// The id of the message that the request sent.
        package let messageID: Int64?

        /// The text without its tags.
        package var plain: String { (try? TelegramHTML.parse(text)) ?? "" }
        package var text: String { (parameters["text"] ?? parameters["caption"])?.string ?? "" }
        package var chat: Int64 { parameters["chat_id"]?.integer ?? 0 }

        /// The data of the inline buttons, row by row.
        package var buttons: [String] {
            (parameters["reply_markup"]?["inline_keyboard"]?.array ?? []).flatMap { $0.array ?? [] }
                .compactMap {
                    $0["callback_data"]?.string
                }
        }
    }

    /// A failure of one call.
    package enum Fault: Sendable {
        case refuse(TelegramRefusal)
        /// The call is carried out, but the answer is 500.
        case loseAnswer
        /// The connection breaks after the request was read.
        case cut(afterDoing: Bool)
    }

    package static let token = "4242:AAFakeTokenForTests_of-the-bot"

    /// All accepted calls in order, without long polls.
    package private(set) var calls: [Call] = []
    /// The requests that Telegram would have refused for their form.
    package internal(set) var violations: [String] = []
    /// The highest offset of a poll: all updates below it are confirmed.
    package internal(set) var confirmed: Int64 = 0

    /// The updates that are not confirmed yet.
    var updates: [(id: Int64, update: JSONValue)] = []
    var nextUpdate: Int64 = 1_000
    private var nextMessage: Int64 = 1
    /// What each message shows now.
    var texts: [Int64: JSONValue] = [:]
    /// The messages of the bot by id.
    package internal(set) var arrivals: [Int64: Arrival] = [:]
    /// The places that take no messages now, with the refusal that says so.
    var closed: [Place: TelegramRefusal] = [:]
    private var faults: [PlannedFault] = []
    var files: [String: SentFile] = [:]
    private var randomFaults: (share: Double, generator: SeededGenerator)?
    private var holdsAnswers = false
    /// The long poll that waits for an update.
    var poll: (id: Int, continuation: CheckedContinuation<JSONValue, any Error>)?
    var lastPoll = 0
    private var watchers: [Watcher] = []
    private var lastWatcher = 0
    private var seen = 0

    /// A failure of the next call of `method` whose text contains `part`.
    private struct PlannedFault {
        let method: String
        let part: String
        let fault: Fault
    }

    /// A test that waits for a call.
    private struct Watcher {
        let id: Int
        let matches: @Sendable (Call) -> Bool
        let continuation: CheckedContinuation<Call, any Error>
    }

    package init() {}

    // MARK: People

    /// A person sends a message; returns its id.
    @discardableResult
    package func say(_ text: String, user: Int64 = 42, chat: Int64? = nil, thread: Int64? = nil) -> Int64 {
        let id = newMessageID()
        push("message", message(id, chat: chat ?? user, thread: thread, text: text, from: user))
        return id
    }

    /// A person presses a button below a message.
    package func tap(_ data: String, message id: Int64, user: Int64 = 42, chat: Int64? = nil) {
        push(
            "callback_query",
            [
                "id": .string("q\(nextUpdate)"), "from": person(user), "chat_instance": "1",
                "data": .string(data),
                "message": message(id, chat: chat ?? user, text: "…", from: user),
            ]
        )
    }

    /// Delivers the newest update once more, as Telegram does when a confirmation was lost.
    package func redeliver() {
        if let last = updates.last { updates.append(last) }
    }

    /// The next `times` calls of `method` whose text contains `part` fail.
    package func fail(_ method: String, _ fault: Fault, containing part: String = "", times: Int = 1) {
        faults += Array(repeating: PlannedFault(method: method, part: part, fault: fault), count: times)
    }

    /// From now on a random `share` of all calls fails.
    ///
    /// As in Telegram, a call that is answered 429 or 5xx is not carried out.
    package func failRandomly(_ share: Double, seed: UInt64) {
        randomFaults = (share, SeededGenerator(seed: seed))
    }

    /// The number of updates that are not confirmed yet.
    package var waiting: Int { updates.count }

    /// The next call that matches, after those that were returned before.
    ///
    /// - Throws: ``CallTimeout`` if the task is cancelled first, or `patience` is over.
    package func next(
        _ method: String? = nil,
        containing part: String = "",
        within patience: Duration = .seconds(300)
    ) async throws -> Call {
        let matches: @Sendable (Call) -> Bool = {
            (method == nil || $0.method == method) && (part.isEmpty || $0.text.contains(part))
        }
        if let index = calls.indices.dropFirst(seen).first(where: { matches(calls[$0]) }) {
            seen = index + 1
            return calls[index]
        }
        lastWatcher += 1
        let id = lastWatcher
        let deadline = Task {
            try await Task.sleep(for: patience)
            stopWaiting(id)
        }
        defer { deadline.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                watchers.append(Watcher(id: id, matches: matches, continuation: $0))
            }
        } onCancel: {
            Task { await self.stopWaiting(id) }
        }
    }

    private func stopWaiting(_ id: Int) {
        guard let index = watchers.firstIndex(where: { $0.id == id }) else { return }
        watchers.remove(at: index).continuation.resume(
            throwing: CallTimeout(before: calls.prefix(seen), since: calls.dropFirst(seen))
        )
    }

    // MARK: The server

    package nonisolated var router: Router<BasicRequestContext> {
        let router = Router()
        router.post("bot{token}/:method") { request, context in
            let token = context.parameters.get("token") ?? ""
            let method = context.parameters.get("method") ?? ""
            let bytes = Array(buffer: try await request.body.collect(upTo: 60 << 20))
            let type = request.headers[.contentType] ?? ""
            let parameters = try Self.parameters(bytes, contentType: type)
            let file = Self.file(in: bytes, contentType: type)
            do {
                guard token == Self.token else { throw TelegramRefusal(401, "Unauthorized") }
                return try Self.answer(["ok": true, "result": await self.handle(method, parameters, file)])
            } catch let refusal as TelegramRefusal {
                return try Self.answer(refusal)
            } catch is CutConnection {
                return Response(status: .ok, body: .init { _ in throw CutConnection() })
            }
        }
        router.get("file/bot{token}/:name") { _, context in
            guard context.parameters.get("token") == Self.token else { throw HTTPError(.unauthorized) }
            return try await self.download(context.parameters.get("name") ?? "")
        }
        return router
    }

    private func handle(_ method: String, _ parameters: JSONValue, _ file: [UInt8]?) async throws -> JSONValue
    {
        violations += BotAPISchema.shared.problems(inCall: method, parameters)
        if method == "getUpdates" { return try await getUpdates(parameters) }
        let text = (parameters["text"] ?? parameters["caption"])?.string ?? ""
        let fault = nextFault(of: method, saying: text)
        switch fault {
        case .refuse(let refusal)?: throw refusal
        case .cut(afterDoing: false)?: throw CutConnection()
        case .loseAnswer?, .cut(afterDoing: true)?, nil: break
        }
        let result = try perform(method, parameters, file)
        while holdsAnswers { try await Task.sleep(for: .milliseconds(50)) }
        switch fault {
        case .loseAnswer?: throw LostAnswer()
        case .cut?: throw CutConnection()
        case .refuse?, nil: return result
        }
    }

    /// With true, calls are carried out, and answered only after this was called with false.
    package func holdAnswers(_ holds: Bool) { holdsAnswers = holds }

    /// The fault that this call has; each planned fault serves once.
    func nextFault(of method: String, saying text: String = "") -> Fault? {
        let index = faults.firstIndex { $0.method == method && ($0.part.isEmpty || text.contains($0.part)) }
        return index.map { faults.remove(at: $0).fault } ?? randomFault()
    }

    private func randomFault() -> Fault? {
        guard let share = randomFaults?.share, var generator = randomFaults?.generator else { return nil }
        defer { randomFaults = (share, generator) }
        guard Double.random(in: 0..<1, using: &generator) < share else { return nil }
        let faults: [Fault] = [
            .refuse(TelegramRefusal(429, "Too Many Requests: retry after 1", retryAfter: 1)),
            .refuse(TelegramRefusal(502, "Bad Gateway")),
            .refuse(TelegramRefusal(500, "Internal Server Error: restart")),
            .cut(afterDoing: true), .cut(afterDoing: false),
        ]
        return faults.randomElement(using: &generator)
    }

    private func perform(_ method: String, _ parameters: JSONValue, _ file: [UInt8]?) throws -> JSONValue {
        switch method {
        case "getMe":
            return ["id": 4242, "is_bot": true, "first_name": "OKAI", "username": "okai_test_bot"]
        case "sendMessage", "sendDocument", "sendPhoto":
            return try send(method, parameters, file: file)
        case "editMessageText", "editMessageCaption":
            return try edit(method, parameters)
        case "getFile": return try getFile(parameters)
        case "deleteWebhook", "setMyCommands", "answerCallbackQuery", "sendChatAction":
            record(Call(method: method, parameters: parameters, messageID: nil))
            return true
        default:
            throw TelegramRefusal(404, "Not Found: method not found")
        }
    }

    func record(_ call: Call) {
        calls.append(call)
        // Addresses of topics and links of invitations. IDs of blobs are no secrets.
        let links = call.text.matches(of: /http[^<\s]*[\/=]([A-Za-z0-9_\-]{43})</)
        for link in links where !link.0.contains("/blobs/") { UsedSecrets.add(link.1) }
        guard let index = watchers.firstIndex(where: { $0.matches(call) }) else { return }
        seen = calls.count
        watchers.remove(at: index).continuation.resume(returning: call)
    }

    func newMessageID() -> Int64 {
        defer { nextMessage += 1 }
        return nextMessage
    }

    func person(_ id: Int64) -> JSONValue {
        ["id": .integer(id), "is_bot": false, "first_name": "Ada"]
    }

    func message(_ id: Int64, chat: Int64, thread: Int64? = nil, text: String, from user: Int64?) -> JSONValue
    {
        var message: [String: JSONValue] = [
            "message_id": .integer(id), "date": 1_790_000_000, "text": .string(text),
            "chat": chat > 0
                ? ["id": .integer(chat), "type": "private", "first_name": "Ada"]
                : ["id": .integer(chat), "type": "supergroup", "title": "Lab"],
        ]
        if let user { message["from"] = person(user) }
        if let thread {
            (message["message_thread_id"], message["is_topic_message"]) = (.integer(thread), true)
        }
        return .object(message)
    }
}

/// The call is carried out, and answered 500.
private struct LostAnswer: Error {}

/// The connection ends instead of an answer.
struct CutConnection: Error {}
