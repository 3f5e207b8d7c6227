import Telegram

/// The note to a group that a secret, which was asked for there, went to one person alone.
enum PrivateNote {
    /// `isMuted`: the person has blocked the bot, or has never written to it.
    static func answer(_ done: HTMLText, isMuted: Bool, policy: ChatPolicy) -> Answer {
        let words =
            isMuted
            ? "I may not write to you yet. Open our private chat and press Start: it comes there, where nobody else reads it."
            : "I sent it to you in our private chat, where nobody else reads it. If it is not there, open that chat and "
                + "press Start."
        let link = policy.botName.map { _ in policy.startLink(with: CommandHandler.privateChatCode) }
        return Answer(
            done + .plain(": \(words)"),
            keyboard: link.map { InlineKeyboard([[.url("💬 Open the private chat", $0)]]) }
        )
    }
}
