import Contract
import Telegram

/// Messages that hold a secret, for one person of a group.
extension TelegramSurface {
    /// Sends a message for one person of a group to the person's private chat, because Telegram does not show it in
    /// the group to that person alone.
    func sendPrivately(_ message: OutgoingMessage) async throws -> MessageID {
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
            return try await send(note)
        }
    }
}
