package import Contract
import Logging
package import Telegram

/// Messages with a file or a picture.
extension TelegramSurface {
    package func send(document: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        try await sendFile(name, message) { try await api.sendDocument(document, name: name, $0) }
    }

    package func send(file path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID {
        try await sendFile(name, message) { try await api.sendDocument(file: path, name: name, $0) }
    }

    package func send(photo path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID
    {
        try await sendFile(name, message) { message in
            do {
                return try await api.sendPhoto(file: path, name: name, message)
            } catch TelegramError.badRequest(let reason), TelegramError.noFiles(let reason) {
                logger.info("telegram refuses a picture", metadata: ["error": "\(reason)"])
                return try await api.sendDocument(file: path, name: name, message)
            }
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
            case ChatError.refused, ChatError.notNow, ChatError.noFiles, TelegramError.fileTooLarge,
                TelegramError.tooLong:
                logger.warning("telegram refuses a picture", metadata: ["error": "\(error)"])
                return try await send(message)
            default: throw error
            }
        }
    }

    /// The longest text below a file, in UTF-16 units (core.telegram.org/bots/api#senddocument).
    private static var captionLimit: Int { 1_024 }

    /// Sends a message with a file with `call`.
    ///
    /// If the file cannot be sent, sends the text, with a line that says why. If Telegram refuses the text as too long,
    /// sends it behind the file.
    private func sendFile(
        _ name: String,
        _ message: OutgoingMessage,
        _ call: (OutgoingMessage) async throws -> MessageID
    ) async throws -> MessageID {
        do {
            return try await correcting(message, limit: Self.captionLimit, call)
        } catch TelegramError.tooLong {
            var bare = message
            (bare.text, bare.keyboard) = (HTMLText(), nil)
            _ = try await correcting(bare, call)
            return try await send(message)
        } catch {
            guard let reason = Self.reason(for: error) else { throw error }
            var text = message
            text.text += .plain("\n\(name) cannot be sent: \(reason)")
            return try await send(text)
        }
    }

    /// Why the file cannot be sent, and what to do; nil if another try may succeed.
    private static func reason(for error: any Error) -> String? {
        switch error {
        case TelegramError.unreadableFile: "the bot has deleted it. Ask for it again."
        case TelegramError.fileTooLarge:
            "it is larger than Telegram allows, which is 50 MB. A Bot API server of your own allows more."
        default: nil
        }
    }
}
