package import Hummingbird
import NIOCore

/// A strict Bot API on loopback: what it takes, Telegram would take; what it refuses, Telegram would refuse too.
package actor BotAPIFake {
    /// A request of the bot's, as it came.
    package struct Call: Sendable, Equatable {
        package let method: String
        package let parameters: JSONValue
        /// The id that the message got, where one was sent.
        package let messageID: Int64?

        /// The words as people read them.
        package var plain: String { (try? TelegramHTML.parse(text)) ?? "" }
        package var text: String { (parameters["text"] ?? parameters["caption"])?.string ?? "" }
        package var chat: Int64 { parameters["chat_id"]?.integer ?? 0 }

        /// What the buttons carry.
        package var buttons: [String] {
            (parameters["reply_markup"]?["inline_keyboard"]?.array ?? []).flatMap { $0.array ?? [] }
                .compactMap {
                    $0["callback_data"]?.string
                }
        }
    }

    /// What goes wrong next time.
    package enum Fault: Sendable {
        case refuse(TelegramRefusal)
        /// It is done, but nobody hears of it.
        case loseAnswer
        /// The connection breaks after the request was read, whether it was done or not.
        case cut(afterDoing: Bool)
    }

    package static let token = "4242:AAFakeTokenForTests_of-the-bot"

    /// All calls that were taken, in order, long polls left out.
    package private(set) var calls: [Call] = []
    /// What Telegram would have refused in form.
    package private(set) var violations: [String] = []
    /// Highest offset that was asked for: all updates below it are confirmed.
    package private(set) var confirmed: Int64 = 0

    private var updates: [(id: Int64, update: JSONValue)] = []
    private var nextUpdate: Int64 = 1_000
    private var nextMessage: Int64 = 1
    private var texts: [Int64: JSONValue] = [:]
    private var faults: [(method: String, fault: Fault)] = []
    var files: [String: SentFile] = [:]
    private var mischief: (share: Double, generator: SeededGenerator)?
    private var holdsAnswers = false
    private var poll: (id: Int, continuation: CheckedContinuation<JSONValue, any Error>)?
    private var lastPoll = 0
    private var watchers: [Watcher] = []
    private var lastWatcher = 0
    private var seen = 0

    /// Somebody who waits for a call.
    private struct Watcher {
        let id: Int
        let matches: @Sendable (Call) -> Bool
        let continuation: CheckedContinuation<Call, any Error>
    }

    package init() {}

    // MARK: What people do

    /// Somebody writes; returns the message's id.
    @discardableResult
    package func say(_ text: String, user: Int64 = 42, chat: Int64? = nil) -> Int64 {
        let id = newMessageID()
        push("message", message(id, chat: chat ?? user, text: text, from: user))
        return id
    }

    /// Somebody presses a button below a message.
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

    /// Sends the newest update once more, as Telegram does when a confirmation was lost.
    package func redeliver() {
        if let last = updates.last { updates.append(last) }
    }

    package func fail(_ method: String, _ fault: Fault, times: Int = 1) {
        for _ in 0..<times { faults.append((method, fault)) }
    }

    /// From now on fails this share of all calls, in one of the ways in which Telegram and networks fail.
    ///
    /// What is answered 429 or 5xx was not done, as Telegram has it.
    package func misbehave(_ share: Double, seed: UInt64) {
        mischief = (share, SeededGenerator(seed: seed))
    }

    /// How many updates were not confirmed yet.
    package var waiting: Int { updates.count }

    /// The next call (after those that were returned before) that matches.
    ///
    /// - Throws: ``NothingCame`` when the task is cancelled first, or `patience` is over.
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
            giveUp(id)
        }
        defer { deadline.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                watchers.append(Watcher(id: id, matches: matches, continuation: $0))
            }
        } onCancel: {
            Task { await self.giveUp(id) }
        }
    }

    private func giveUp(_ id: Int) {
        guard let index = watchers.firstIndex(where: { $0.id == id }) else { return }
        watchers.remove(at: index).continuation.resume(
            throwing: NothingCame(before: calls.prefix(seen), since: calls.dropFirst(seen))
        )
    }

    // MARK: The server

    package nonisolated var router: Router<BasicRequestContext> {
        let router = Router()
        router.post("bot{token}/:method") { request, context in
            let token = context.parameters.get("token") ?? ""
            let method = context.parameters.get("method") ?? ""
            let bytes = Array(buffer: try await request.body.collect(upTo: 60 << 20))
            let parameters = try Self.parameters(bytes, contentType: request.headers[.contentType] ?? "")
            do {
                guard token == Self.token else { throw TelegramRefusal(401, "Unauthorized") }
                return try Self.answer(["ok": true, "result": await self.handle(method, parameters)])
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

    private func handle(_ method: String, _ parameters: JSONValue) async throws -> JSONValue {
        violations += BotAPISchema.shared.problems(inCall: method, parameters)
        if method == "getUpdates" { return try await getUpdates(parameters) }
        let fault =
            faults.firstIndex { $0.method == method }.map { faults.remove(at: $0).fault } ?? mischievous()
        switch fault {
        case .refuse(let refusal)?: throw refusal
        case .cut(afterDoing: false)?: throw CutConnection()
        case .loseAnswer?, .cut(afterDoing: true)?, nil: break
        }
        let result = try perform(method, parameters)
        while holdsAnswers { try await Task.sleep(for: .milliseconds(50)) }
        switch fault {
        case .loseAnswer?: throw LostAnswer()
        case .cut?: throw CutConnection()
        case .refuse?, nil: return result
        }
    }

    /// Whether what is done is answered only once this is lowered.
    package func holdAnswers(_ holds: Bool) { holdsAnswers = holds }

    private func mischievous() -> Fault? {
        guard let share = mischief?.share, var generator = mischief?.generator else { return nil }
        defer { mischief = (share, generator) }
        guard Double.random(in: 0..<1, using: &generator) < share else { return nil }
        let faults: [Fault] = [
            .refuse(TelegramRefusal(429, "Too Many Requests: retry after 1", retryAfter: 1)),
            .refuse(TelegramRefusal(502, "Bad Gateway")),
            .refuse(TelegramRefusal(500, "Internal Server Error: restart")),
            .cut(afterDoing: true), .cut(afterDoing: false),
        ]
        return faults.randomElement(using: &generator)
    }

    private func perform(_ method: String, _ parameters: JSONValue) throws -> JSONValue {
        switch method {
        case "getMe":
            return ["id": 4242, "is_bot": true, "first_name": "OKAI", "username": "okai_test_bot"]
        case "sendMessage", "sendDocument", "sendPhoto":
            return try send(method, parameters)
        case "editMessageText":
            return try edit(parameters)
        case "getFile": return try getFile(parameters)
        case "deleteWebhook", "setMyCommands", "answerCallbackQuery", "sendChatAction":
            record(Call(method: method, parameters: parameters, messageID: nil))
            return true
        default:
            throw TelegramRefusal(404, "Not Found: method not found")
        }
    }

    private func send(_ method: String, _ parameters: JSONValue) throws -> JSONValue {
        let isFile = method != "sendMessage"
        let html = parameters[isFile ? "caption" : "text"]?.string ?? ""
        // A file needs no words.
        let text = isFile && html.isEmpty ? "" : try TelegramHTML.parse(html, limit: isFile ? 1_024 : 4_096)
        let id = newMessageID()
        texts[id] = parameters
        record(Call(method: method, parameters: parameters, messageID: id))
        return checked(message(id, chat: parameters["chat_id"]?.integer ?? 0, text: text, from: nil))
    }

    private func edit(_ parameters: JSONValue) throws -> JSONValue {
        let id = parameters["message_id"]?.integer ?? 0
        guard let old = texts[id] else { throw TelegramRefusal.badRequest("message to edit not found") }
        let text = try TelegramHTML.parse(parameters["text"]?.string ?? "")
        guard old["text"] != parameters["text"] || old["reply_markup"] != parameters["reply_markup"] else {
            throw TelegramRefusal.badRequest(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                    + "current content and reply markup of the message"
            )
        }
        texts[id] = parameters
        record(Call(method: "editMessageText", parameters: parameters, messageID: id))
        return checked(message(id, chat: parameters["chat_id"]?.integer ?? 0, text: text, from: nil))
    }

    /// What we answer must be as the Bot API says, too.
    func checked(_ message: JSONValue) -> JSONValue {
        violations += BotAPISchema.shared.problems(inType: "Message", message)
        return message
    }

    private func record(_ call: Call) {
        calls.append(call)
        // Addresses of topics, and links of invitations; the IDs of blobs are no secrets.
        let links = call.text.matches(of: /http[^<\s]*[\/=]([A-Za-z0-9_\-]{43})</)
        for link in links where !link.0.contains("/blobs/") { UsedSecrets.note(link.1) }
        guard let index = watchers.firstIndex(where: { $0.matches(call) }) else { return }
        seen = calls.count
        watchers.remove(at: index).continuation.resume(returning: call)
    }

    // MARK: Long polling

    /// Holds an empty poll until something happens; a second poll ends the first.
    private func getUpdates(_ parameters: JSONValue) async throws -> JSONValue {
        let fault = faults.firstIndex { $0.method == "getUpdates" }.map { faults.remove(at: $0).fault }
        switch fault ?? mischievous() {
        case .refuse(let refusal)?: throw refusal
        case .cut?: throw CutConnection()
        case .loseAnswer?, nil: break
        }
        if let offset = parameters["offset"]?.integer {
            confirmed = max(confirmed, offset)
            updates.removeAll { $0.id < offset }
        }
        endPoll(
            throwing: TelegramRefusal(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        )
        guard updates.isEmpty else { return pending }
        let id = lastPoll + 1
        lastPoll = id
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { poll = (id, $0) }
        } onCancel: {
            Task { await self.abandon(id) }
        }
    }

    private var pending: JSONValue { .array(updates.prefix(100).map(\.update)) }

    private func endPoll(throwing refusal: TelegramRefusal) {
        poll?.continuation.resume(throwing: refusal)
        poll = nil
    }

    private func abandon(_ id: Int) {
        guard poll?.id == id else { return }
        poll?.continuation.resume(throwing: CancellationError())
        poll = nil
    }

    func push(_ kind: String, _ content: JSONValue) {
        let update: JSONValue = ["update_id": .integer(nextUpdate), "message": content]
        let object: JSONValue =
            kind == "message" ? update : ["update_id": .integer(nextUpdate), "callback_query": content]
        violations += BotAPISchema.shared.problems(inType: "Update", object)
        updates.append((nextUpdate, object))
        nextUpdate += 1
        poll?.continuation.resume(returning: pending)
        poll = nil
    }

    func newMessageID() -> Int64 {
        defer { nextMessage += 1 }
        return nextMessage
    }

    func person(_ id: Int64) -> JSONValue {
        ["id": .integer(id), "is_bot": false, "first_name": "Ada"]
    }

    func message(_ id: Int64, chat: Int64, text: String, from user: Int64?) -> JSONValue {
        var message: [String: JSONValue] = [
            "message_id": .integer(id), "date": 1_790_000_000, "text": .string(text),
            "chat": chat > 0
                ? ["id": .integer(chat), "type": "private", "first_name": "Ada"]
                : ["id": .integer(chat), "type": "supergroup", "title": "Lab"],
        ]
        if let user { message["from"] = person(user) }
        return .object(message)
    }
}

/// A call that was waited for did not come; what came instead.
package struct NothingCame: Error, CustomStringConvertible {
    let before: ArraySlice<BotAPIFake.Call>
    let since: ArraySlice<BotAPIFake.Call>

    package var description: String {
        func list(_ calls: ArraySlice<BotAPIFake.Call>) -> String {
            calls.map { "  \($0.method) \($0.text.prefix(60))" }.joined(separator: "\n")
        }
        return "the call never came; seen before:\n\(list(before))\nand since:\n\(list(since))"
    }
}

/// Something breaks within Telegram after the work was done.
private struct LostAnswer: Error {}

/// The connection ends instead of an answer.
private struct CutConnection: Error {}
