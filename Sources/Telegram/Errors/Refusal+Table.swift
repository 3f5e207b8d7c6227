extension Refusal {
    /// What each known text means; the first row whose phrase is in the text counts.
    ///
    /// Statuses with one meaning are not here (``TelegramError/init(status:description:retryAfter:migratedTo:)``): 401
    /// and 404 (token), 403 without a row (mutes the chat), 409 (another program), 413, 429 and 5xx (retry). A text of
    /// status 400 without a row delays its message alone.
    static let table = mended + places + files + chats + finals

    /// The message can be sent in another form.
    private static let mended = [
        Row(phrase: "message is not modified", meaning: .notModified, source: .server),
        Row(phrase: "message to edit not found", meaning: .cannotEdit, source: .server),
        Row(phrase: "message can't be edited", meaning: .cannotEdit, source: .library),
        Row(phrase: "message_id_invalid", meaning: .cannotEdit, source: .telegram),
        Row(phrase: "can't parse entities", meaning: .cannotParse, source: .server),
        Row(phrase: "inline keyboard button", meaning: .badButtons, source: .library),
        Row(phrase: "reply markup is too long", meaning: .badButtons, source: .server),
        Row(phrase: "wrong http url specified", meaning: .badButtons, source: .server),
        Row(phrase: "message to be replied not found", meaning: .replyNotFound, source: .server),
        Row(phrase: "replied message not found", meaning: .replyNotFound, source: .collection),
        Row(phrase: "message text is too long", meaning: .tooLong, source: .library),
        Row(phrase: "message is too long", meaning: .tooLong, source: .library),
        Row(phrase: "message caption is too long", meaning: .tooLong, source: .library),
        Row(phrase: "text is too long", meaning: .tooLong, source: .server),
        Row(phrase: "entities too long", meaning: .tooLong, source: .collection),
        Row(phrase: "media_caption_too_long", meaning: .tooLong, source: .telegram),
        Row(phrase: "file is too big", meaning: .fileTooLarge, source: .library),
    ]

    /// The forum topic takes no messages.
    private static let places = [
        Row(phrase: "topic_closed", meaning: .topicClosed, source: .telegram),
        Row(phrase: "topic is closed", meaning: .topicClosed, source: .reports),
        Row(phrase: "topic_deleted", meaning: .threadNotFound, source: .telegram),
        Row(phrase: "topic_id_invalid", meaning: .threadNotFound, source: .telegram),
        Row(phrase: "topic not found", meaning: .threadNotFound, source: .library),
        Row(phrase: "message thread not found", meaning: .threadNotFound, source: .server),
    ]

    /// The chat takes text, but not this kind of message.
    private static let files = [
        Row(phrase: "not enough rights to send text", meaning: .chatClosed, source: .library),
        Row(phrase: "not enough rights to send messages", meaning: .chatClosed, source: .reports),
        Row(phrase: "not enough rights to send", meaning: .noFiles, source: .library),
        Row(phrase: "chat_send_plain_forbidden", meaning: .chatClosed, source: .telegram),
        Row(phrase: "chat_send_media_forbidden", meaning: .noFiles, source: .telegram),
    ]

    /// The chat takes no messages from the bot now, but may take them later.
    private static let chats = [
        Row(phrase: "slowmode_wait_", meaning: .wait, source: .telegram),
        Row(phrase: "chat not found", meaning: .chatClosed, source: .server),
        Row(phrase: "user not found", meaning: .chatClosed, source: .collection),
        Row(phrase: "peer_id_invalid", meaning: .chatClosed, source: .collection),
        Row(phrase: "chat_id_invalid", meaning: .chatClosed, source: .telegram),
        Row(phrase: "channel_invalid", meaning: .chatClosed, source: .telegram),
        Row(phrase: "channel_private", meaning: .chatClosed, source: .telegram),
        Row(phrase: "chat_write_forbidden", meaning: .chatClosed, source: .telegram),
        Row(phrase: "chat_guest_send_forbidden", meaning: .chatClosed, source: .telegram),
        Row(phrase: "chat_restricted", meaning: .chatClosed, source: .telegram),
        Row(phrase: "chat_admin_required", meaning: .chatClosed, source: .telegram),
        Row(phrase: "user_banned_in_channel", meaning: .chatClosed, source: .telegram),
        Row(phrase: "user_is_blocked", meaning: .chatClosed, source: .telegram),
        Row(phrase: "you_blocked_user", meaning: .chatClosed, source: .telegram),
        Row(phrase: "user_deactivated", meaning: .chatClosed, source: .telegram),
        Row(phrase: "privacy_premium_required", meaning: .chatClosed, source: .telegram),
        Row(phrase: "allow_payment_required", meaning: .chatClosed, source: .telegram),
        Row(phrase: "frozen_method_invalid", meaning: .chatClosed, source: .server),
        Row(phrase: "have no write access to the chat", meaning: .chatClosed, source: .library),
        Row(phrase: "have no rights to send a message", meaning: .chatClosed, source: .reports),
        Row(phrase: "need administrator rights in the", meaning: .chatClosed, source: .library),
        Row(phrase: "can't access the chat", meaning: .chatClosed, source: .library),
        Row(phrase: "chat is not accessible", meaning: .chatClosed, source: .library),
        Row(phrase: "group is deactivated", meaning: .chatClosed, source: .collection),
        Row(phrase: "group chat was deactivated", meaning: .chatClosed, source: .reports),
        Row(phrase: "bot is not a member", meaning: .chatClosed, source: .server),
        Row(phrase: "bot was kicked", meaning: .chatClosed, source: .server),
    ]

    /// The message itself is wrong, which is a bug of the bot.
    private static let finals = [
        Row(phrase: "message text is empty", meaning: .final, source: .library),
        Row(phrase: "message must be non-empty", meaning: .final, source: .library),
        Row(phrase: "file must be non-empty", meaning: .final, source: .library),
        Row(phrase: "chat_id is empty", meaning: .final, source: .server),
    ]
}
