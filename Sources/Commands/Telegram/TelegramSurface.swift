package import Contract
import Foundation
package import Logging
package import Telegram

/// Sends messages to Telegram.
package struct TelegramSurface: ChatSurface {
    let api: BotAPI
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
            try await correcting(message) { message in
                do { try await call(message) } catch TelegramError.cannotEdit { throw ChatError.gone }
            }
        } catch TelegramError.notModified {
            // The message shows this text already.
        }
    }

    /// Sends the text of the message as a document, after Telegram has refused the text as too long.
    private func sendAsFile(_ message: OutgoingMessage) async throws -> MessageID {
        var caption = message
        caption.text = "📄"
        // Not by `send(document:)`, which sends a caption that is too long as a text.
        return try await correcting(caption) {
            try await api.sendDocument(Array(message.text.plain.utf8), name: "message.txt", $0)
        }
    }

    package func acknowledge(_ toast: Toast) async throws {
        try await translatingErrors {
            try await api.answerCallbackQuery(toast.query, text: toast.text, isAlert: toast.isAlert)
        }
    }

    package var limits: SendLimits { .telegram }

    func translatingErrors<Value>(_ call: () async throws -> Value) async throws -> Value {
        do { return try await call() } catch { throw ChatError.translating(error) }
    }
}
