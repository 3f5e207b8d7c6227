package import Contract
import Foundation
package import Logging
package import Telegram

/// Sends messages to Telegram.
package struct TelegramSurface: ChatSurface {
    private let api: BotAPI
    let logger: Logger

    package init(api: BotAPI, logger: Logger) {
        self.api = api
        self.logger = logger
    }

    package func send(_ message: OutgoingMessage) async throws -> MessageID {
        do {
            return try await correcting(message) { message in
                do {
                    return try await api.sendMessage(message)
                } catch TelegramError.noFiles(let reason) {
                    // A text is all that a chat can take, so the chat takes nothing.
                    throw TelegramError.forbidden(reason)
                }
            }
        } catch ChatError.refused where message.onlyFor != nil {
            return try await sendPrivately(message)
        } catch ChatError.notNow where message.onlyFor != nil {
            return try await sendPrivately(message)
        } catch TelegramError.tooLong(let reason) {
            logger.error("telegram refuses a text as too long", metadata: ["error": "\(reason)"])
            return try await sendAsFile(message)
        }
    }

    package func edit(_ id: MessageID, to message: OutgoingMessage) async throws {
        try await edit(message) { message in
            do {
                try await api.editMessageText(id, message)
            } catch TelegramError.badRequest(let reason) where reason.contains("no text in the message") {
                // The message is a file, so its text is a caption.
                try await api.editMessageCaption(id, message)
            }
        }
    }

    package func edit(captionOf id: MessageID, to message: OutgoingMessage) async throws {
        try await edit(message) { message in
            do {
                try await api.editMessageCaption(id, message)
            } catch TelegramError.badRequest(let reason) where reason.contains("no caption in the message") {
                // Telegram had not accepted the file, so the message is a text.
                try await api.editMessageText(id, message)
            }
        }
    }

    private func edit(_ message: OutgoingMessage, _ call: (OutgoingMessage) async throws -> Void) async throws
    {
        var message = message
        // An edit keeps its place, so it cannot go to General.
        message.topic = nil
        do {
            try await correcting(message, call)
        } catch TelegramError.notModified {
            // The message shows this text already.
        } catch let error as TelegramError {
            throw ChatError.refused("\(error)")
        }
    }

    package func send(document: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        do {
            return try await correcting(message, limit: Self.captionLimit) {
                try await api.sendDocument(document, name: name, $0)
            }
        } catch TelegramError.fileTooLarge {
            var text = message
            text.text += .plain(
                "\n\(name) has \(ByteCount(document.count)), which is too large for Telegram."
            )
            return try await translatingErrors { try await api.sendMessage(text) }
        } catch TelegramError.tooLong {
            var bare = message
            bare.text = HTMLText()
            return try await translatingErrors { try await api.sendDocument(document, name: name, bare) }
        }
    }

    package func send(file path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID {
        do {
            return try await correcting(message, limit: Self.captionLimit) {
                try await api.sendDocument(file: path, name: name, $0)
            }
        } catch {
            var text = message
            switch error {
            case TelegramError.unreadableFile:
                text.text += .plain("\n\(name) cannot be sent: the bot has deleted it. Ask for it again.")
            case TelegramError.fileTooLarge:
                text.text += .plain(
                    "\n\(name) cannot be sent: it is larger than Telegram allows, which is 50 MB. A Bot API server of "
                        + "your own allows more."
                )
            default: throw error
            }
            return try await translatingErrors { try await api.sendMessage(text) }
        }
    }

    /// Sends a message for one person of a group to the person's private chat, after Telegram has refused to show it in
    /// the group to that person alone.
    private func sendPrivately(_ message: OutgoingMessage) async throws -> MessageID {
        guard let person = message.onlyFor else { return try await send(message) }
        var letter = OutgoingMessage(chat: ChatID(private: person), text: message.text)
        letter.keyboard = message.keyboard
        do {
            return try await translatingErrors { try await api.sendMessage(letter) }
        } catch ChatError.unwelcome {
            var note = message
            (note.onlyFor, note.keyboard) = (nil, nil)
            note.text =
                "I may not write to you, so I cannot send you what only you should read. Open our private chat, press Start, "
                + "then ask for it again."
            return try await translatingErrors { try await api.sendMessage(note) }
        }
    }

    package func send(photo path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID
    {
        do {
            return try await correcting(message) { message in
                do {
                    return try await api.sendPhoto(file: path, name: name, message)
                } catch TelegramError.badRequest(let reason) {
                    logger.info("telegram refuses a picture", metadata: ["error": "\(reason)"])
                    return try await api.sendDocument(file: path, name: name, message)
                }
            }
        } catch {
            switch error {
            case TelegramError.fileTooLarge, TelegramError.unreadableFile:
                return try await send(file: path, name: name, message)
            default: throw error
            }
        }
    }

    /// Sends the text of the message as a document, after Telegram has refused the text as too long.
    private func sendAsFile(_ message: OutgoingMessage) async throws -> MessageID {
        var caption = message
        caption.text = "📄"
        return try await translatingErrors {
            try await api.sendDocument(Array(message.text.plain.utf8), name: "message.txt", caption)
        }
    }

    /// Sends a picture with a text; if Telegram refuses the picture, sends the text alone.
    package func send(picture: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        do {
            return try await correcting(message, limit: Self.captionLimit) {
                try await api.sendPhoto(picture, $0)
            }
        } catch {
            switch error {
            case ChatError.refused, ChatError.notNow, TelegramError.fileTooLarge, TelegramError.tooLong:
                logger.warning("telegram refuses a picture", metadata: ["error": "\(error)"])
                return try await send(message)
            default: throw error
            }
        }
    }

    package func acknowledge(_ toast: Toast) async throws {
        try await translatingErrors {
            try await api.answerCallbackQuery(toast.query, text: toast.text, isAlert: toast.isAlert)
        }
    }

    package var limits: SendLimits { .telegram }

    /// The longest text below a file, in UTF-16 units (core.telegram.org/bots/api#senddocument).
    private static let captionLimit = 1_024

    private func translatingErrors<Value>(_ call: () async throws -> Value) async throws -> Value {
        do { return try await call() } catch { throw ChatError.translating(error) }
    }
}
