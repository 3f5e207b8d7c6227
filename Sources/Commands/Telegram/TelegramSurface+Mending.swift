import Contract
import Logging
import Telegram

/// How a message that Telegram refuses is sent in another form.
extension TelegramSurface {
    /// Sends a message with `call`.
    ///
    /// If Telegram refuses a part of it (the styles, the buttons, the reply, the topic), sends it without that part, so
    /// that the message is not lost. What is meant for a closed topic goes to the group's General, and says so; `limit`
    /// is the longest text that the call takes.
    func correcting<Value>(
        _ message: OutgoingMessage,
        limit: Int = HTMLText.messageLimit,
        _ call: (OutgoingMessage) async throws -> Value
    ) async throws -> Value {
        var message = message
        var refusals: [TelegramError] = []
        while true {
            do {
                return try await call(message)
            } catch let error as TelegramError {
                guard let mended = mend(message, after: error, limit: limit), refusals.count < Self.mostMends
                else {
                    // The first closed topic counts: General may be closed for another reason.
                    let closed = refusals.first { if case .topicClosed = $0 { true } else { false } }
                    throw ChatError.translating(error.closesGeneral ? closed ?? error : error)
                }
                refusals.append(error)
                message = mended
            }
        }
    }

    /// Each part is left out once.
    private static var mostMends: Int { 4 }

    /// The message without the part that Telegram refuses; nil if it has no such part.
    private func mend(_ message: OutgoingMessage, after error: TelegramError, limit: Int) -> OutgoingMessage?
    {
        var mended = message
        switch error {
        case .cannotParse(let reason):
            logger.error("telegram cannot parse a text", metadata: ["error": "\(reason)"])
            mended.text = .plain(message.text.plain)
        case .badButtons(let reason):
            logger.error("telegram refuses the buttons of a message", metadata: ["error": "\(reason)"])
            mended.keyboard = nil
        case .threadNotFound: mended.topic = nil
        case .replyNotFound: mended.replyTo = nil
        case .topicClosed:
            guard let topic = message.topic else { return nil }
            let note = Self.note(on: topic, of: message.chat)
            if note.length + message.text.length <= limit { mended.text = note + message.text }
            (mended.topic, mended.replyTo) = (nil, nil)
        default: return nil
        }
        return mended == message ? nil : mended
    }

    /// Says in General where the message belongs.
    private static func note(on topic: ThreadID, of chat: ChatID) -> HTMLText {
        let digits = "\(chat)"
        // Only supergroups have topics; a link to one has the id without its prefix.
        let link =
            digits.hasPrefix("-100") && digits.count > 4 ? "t.me/c/\(digits.dropFirst(4))/\(topic)" : nil
        return .italic("(for the topic \(link ?? "\(topic)"), which is closed)") + "\n"
    }
}

extension TelegramError {
    /// Whether the refusal of a message to General may be about General alone, and not about the whole group.
    fileprivate var closesGeneral: Bool {
        switch self {
        case .topicClosed, .threadNotFound: true
        default: false
        }
    }
}
