package import Contract
import Foundation
package import Logging
package import Telegram

/// Sends messages to Telegram.
package struct TelegramSurface: ChatSurface {
    private let api: BotAPI
    private let logger: Logger

    package init(api: BotAPI, logger: Logger) {
        self.api = api
        self.logger = logger
    }

    package func send(_ message: OutgoingMessage) async throws -> MessageID {
        do {
            return try await correcting(message) { try await api.sendMessage($0) }
        } catch TelegramError.tooLong(let reason) {
            logger.error("telegram refuses a text as too long", metadata: ["error": "\(reason)"])
            return try await sendAsFile(message)
        }
    }

    package func edit(_ id: MessageID, to message: OutgoingMessage) async throws {
        do {
            try await correcting(message) { try await api.editMessageText(id, $0) }
        } catch TelegramError.notModified {
            // The message shows this text already.
        } catch let error as TelegramError {
            throw ChatError.refused("\(error)")
        }
    }

    package func send(document: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        do {
            return try await correcting(message) { try await api.sendDocument(document, name: name, $0) }
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
            return try await correcting(message) { try await api.sendDocument(file: path, name: name, $0) }
        } catch {
            // The file cannot be read from the disk, or is too large for this Bot API server. The chat gets a text
            // about it.
            switch error {
            case TelegramError.unreadableFile, TelegramError.fileTooLarge: break
            default: throw error
            }
            var text = message
            text.text += .plain(
                "\n\(name) cannot be sent: the bot has deleted it, or it is too large. If you ask for it again and this text "
                    + "comes again, it is too large."
            )
            return try await translatingErrors { try await api.sendMessage(text) }
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
            return try await correcting(message) { try await api.sendPhoto(picture, $0) }
        } catch {
            switch error {
            case ChatError.refused, TelegramError.fileTooLarge, TelegramError.tooLong:
                logger.error("telegram refuses a picture", metadata: ["error": "\(error)"])
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

    /// Sends a message with `call`.
    ///
    /// If Telegram refuses the styles, the thread or the reply, tries once more without that part, so that the message
    /// is not lost.
    private func correcting<Value>(
        _ message: OutgoingMessage,
        _ call: (OutgoingMessage) async throws -> Value
    ) async throws -> Value {
        do {
            return try await call(message)
        } catch TelegramError.cannotParse(let reason) {
            logger.error("telegram cannot parse a text", metadata: ["error": "\(reason)"])
            var plain = message
            plain.text = .plain(message.text.plain)
            return try await translatingErrors { try await call(plain) }
        } catch TelegramError.threadNotFound {
            var general = message
            general.topic = nil
            return try await translatingErrors { try await call(general) }
        } catch TelegramError.replyNotFound {
            var alone = message
            alone.replyTo = nil
            return try await translatingErrors { try await call(alone) }
        } catch {
            throw ChatError.translating(error)
        }
    }

    private func translatingErrors<Value>(_ call: () async throws -> Value) async throws -> Value {
        do { return try await call() } catch { throw ChatError.translating(error) }
    }
}
