import Contract
import Support

/// The messages of the bot in a transcript: numbers them, and writes each as lines.
struct TranscriptMessages {
    /// The group called Lab.
    static let lab: ChatID = -1_001

    /// The ids of the messages, in the order in which they were sent.
    private var sent: [MessageID] = []
    /// The chat and the buttons of each message.
    private var keyboards: [MessageID: (chat: ChatID, buttons: [JSONValue])] = [:]
    /// How many calls were written.
    private var callsWritten = 0
    /// The secret of the newest address or invitation; a transcript shows it as SECRET.
    private var secret = ""

    /// The id of the message with that number, which counts from 1.
    func id(of number: Int) -> MessageID? { sent.indices.contains(number - 1) ? sent[number - 1] : nil }

    /// The newest button with that label in the chat, or the one below message `number`.
    func button(_ label: String, in chat: ChatID, below number: Int?) -> (message: MessageID, data: String)? {
        for (index, id) in sent.enumerated().reversed() where number == nil || number == index + 1 {
            guard let keyboard = keyboards[id], keyboard.chat == chat,
                let button = keyboard.buttons.first(where: { $0["text"]?.string == label }),
                let data = button["callback_data"]?.string
            else { continue }
            return (id, data)
        }
        return nil
    }

    /// The text with the newest secret instead of SECRET.
    func withSecret(_ text: String) -> String { text.replacing("SECRET", with: secret) }

    /// The lines of the calls that were not written yet.
    mutating func lines(for calls: [BotAPIFake.Call]) -> [String] {
        // The order of messages to different chats is random, so they are sorted.
        let new = calls.dropFirst(callsWritten).sorted { $0.chat < $1.chat }
        callsWritten = calls.count
        return new.flatMap { lines(for: $0) }
    }

    private mutating func lines(for call: BotAPIFake.Call) -> [String] {
        guard let id = call.messageID.map(MessageID.init(rawValue:)) else { return [] }
        let isNew = call.method != "editMessageText"
        if isNew { sent.append(id) }
        let number = (sent.firstIndex(of: id) ?? -1) + 1
        let rows = (call.parameters["reply_markup"]?["inline_keyboard"]?.array ?? []).map { $0.array ?? [] }
        keyboards[id] = (ChatID(call.chat), rows.flatMap(\.self))
        let properties: [String?] = [
            "#\(number)", ChatID(call.chat) == Self.lab ? "in Lab" : nil,
            call.parameters["message_thread_id"]?.integer.map { "topic \($0)" }, isNew ? nil : "now reads",
            call.method == "sendDocument" ? "with a file" : nil,
            call.method == "sendPhoto" ? "with a picture" : nil,
            call.parameters["disable_notification"] == true ? "silent" : nil,
            call.parameters["reply_parameters"] == nil ? nil : "as a reply",
        ]
        let text = withoutSecret(call.text).split(separator: "\n", omittingEmptySubsequences: false)
        let file = call.parameters["document"]?.string.map { $0.split(separator: "\n") } ?? []
        return ["  " + properties.compactMap(\.self).joined(separator: ", ")] + text.map { "  | \($0)" }
            + file.map { "  ¦ \($0)" } + rows.map { "  " + $0.map(Self.label).joined(separator: " ") }
    }

    /// The text with SECRET instead of its secret, which is stored.
    private mutating func withoutSecret(_ text: String) -> String {
        guard let match = text.firstMatch(of: /(?:start=|bot\.example\/)([A-Za-z0-9_\-]{43})/) else {
            return text
        }
        secret = String(match.1)
        return text.replacing(secret, with: "SECRET")
    }

    private static func label(of button: JSONValue) -> String {
        let text = button["text"]?.string ?? ""
        if let url = button["url"]?.string { return "[\(text) → \(url)]" }
        if let copied = button["copy_text"]?["text"]?.string { return "[\(text) ⧉ \(copied)]" }
        return "[\(text)]"
    }
}
