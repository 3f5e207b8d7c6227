package import Foundation
import NIOCore

/// The messages that the bot sends and edits.
extension BotAPIFake {
    /// When a message was sent, and its file.
    package struct Arrival: Sendable {
        package let at: Date
        /// Nil for a message without a file.
        package let file: [UInt8]?
    }

    func send(_ method: String, _ parameters: JSONValue, file: [UInt8]?) throws -> JSONValue {
        try checkRights(of: method, parameters)
        let isFile = method != "sendMessage"
        let html = parameters[isFile ? "caption" : "text"]?.string ?? ""
        // A file may have an empty caption.
        let text = isFile && html.isEmpty ? "" : try TelegramHTML.parse(html, limit: isFile ? 1_024 : 4_096)
        let id = newMessageID()
        texts[id] = parameters
        arrivals[id] = Arrival(at: Date(), file: file)
        record(Call(method: method, parameters: parameters, messageID: id))
        return checked(message(id, chat: parameters["chat_id"]?.integer ?? 0, text: text, from: nil))
    }

    /// Edits the text of a message, or the caption of a file.
    func edit(_ method: String, _ parameters: JSONValue) throws -> JSONValue {
        try checkRights(of: method, parameters)
        let id = parameters["message_id"]?.integer ?? 0
        let field = method == "editMessageCaption" ? "caption" : "text"
        guard let old = texts[id] else { throw TelegramRefusal.badRequest("message to edit not found") }
        let text = try TelegramHTML.parse(parameters[field]?.string ?? "")
        guard old[field] != parameters[field] || old["reply_markup"] != parameters["reply_markup"] else {
            throw TelegramRefusal.badRequest(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                    + "current content and reply markup of the message"
            )
        }
        texts[id] = parameters
        record(Call(method: method, parameters: parameters, messageID: id))
        return checked(message(id, chat: parameters["chat_id"]?.integer ?? 0, text: text, from: nil))
    }

    /// Checks an answer of this fake against the schema.
    func checked(_ message: JSONValue) -> JSONValue {
        violations += BotAPISchema.shared.problems(inType: "Message", message)
        return message
    }
}
