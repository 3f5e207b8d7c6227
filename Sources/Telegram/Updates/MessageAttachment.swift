/// What a message holds beside text and documents.
///
/// The bot reads tables from documents alone, so it knows the rest by name only.
package enum MessageAttachment: String, Codable, Sendable {
    case photo, video, sound, videoNote, animation, sticker, contact, location, poll, dice, story, game
    case checklist, webAppData, paidMedia
    /// Something that did not exist when this program was written.
    case unknown

    private static let known: [String: MessageAttachment] = [
        "photo": .photo, "livePhoto": .photo, "video": .video, "audio": .sound, "voice": .sound,
        "videoNote": .videoNote, "animation": .animation, "sticker": .sticker, "contact": .contact,
        "location": .location, "venue": .location, "poll": .poll, "dice": .dice, "story": .story,
        "game": .game, "checklist": .checklist, "webAppData": .webAppData, "paidMedia": .paidMedia,
    ]

    /// Members about the message itself, and those that ``Message`` reads (core.telegram.org/bots/api#message).
    private static let envelope: Set = [
        "messageId", "messageThreadId", "directMessagesTopic", "from", "senderChat", "senderBoostCount",
        "senderBusinessBot", "senderTag", "receiverUser", "ephemeralMessageId", "date", "guestQueryId",
        "businessConnectionId", "chat", "forwardOrigin", "isTopicMessage", "isAutomaticForward",
        "replyToMessage", "externalReply", "quote", "replyToStory", "replyToChecklistTaskId",
        "replyToPollOptionId", "viaBot", "guestBotCallerUser", "guestBotCallerChat", "editDate",
        "hasProtectedContent", "isFromOffline", "isPaidPost", "mediaGroupId", "authorSignature",
        "paidStarCount", "entities", "linkPreviewOptions", "suggestedPostInfo", "effectId",
        "captionEntities", "showCaptionAboveMedia", "hasMediaSpoiler", "replyMarkup", "text", "caption",
        "document", "richMessage",
        // Of older versions of the Bot API.
        "forwardFrom", "forwardFromChat", "forwardFromMessageId", "forwardSignature", "forwardSenderName",
        "forwardDate",
    ]

    /// Notes of Telegram about the chat, which nobody expects an answer to.
    private static let notes: Set = [
        "newChatMembers", "newChatMember", "newChatParticipant", "leftChatMember", "leftChatParticipant",
        "chatOwnerLeft", "chatOwnerChanged", "newChatTitle", "newChatPhoto", "deleteChatPhoto",
        "groupChatCreated", "supergroupChatCreated", "channelChatCreated", "messageAutoDeleteTimerChanged",
        "migrateToChatId", "migrateFromChatId", "pinnedMessage", "invoice", "successfulPayment",
        "refundedPayment", "usersShared", "userShared", "chatShared", "gift", "uniqueGift",
        "giftUpgradeSent", "connectedWebsite", "writeAccessAllowed", "passportData",
        "proximityAlertTriggered", "boostAdded", "chatBackgroundSet", "checklistTasksDone",
        "checklistTasksAdded", "communityChatAdded", "communityChatJoined", "communityChatRemoved",
        "directMessagePriceChanged", "forumTopicCreated", "forumTopicEdited", "forumTopicClosed",
        "forumTopicReopened", "generalForumTopicHidden", "generalForumTopicUnhidden", "giveawayCreated",
        "giveaway", "giveawayWinners", "giveawayCompleted", "managedBotCreated", "paidMessagePriceChanged",
        "pollOptionAdded", "pollOptionDeleted", "suggestedPostApproved", "suggestedPostApprovalFailed",
        "suggestedPostDeclined", "suggestedPostPaid", "suggestedPostRefunded", "videoChatScheduled",
        "videoChatStarted", "videoChatEnded", "videoChatParticipantsInvited",
    ]

    /// What the names of the message's members tell; nil for a text, a document or a note about the chat.
    package init?(in decoder: any Decoder) throws {
        let names = Set(try decoder.container(keyedBy: AnyName.self).allKeys.map(\.stringValue))
        // An animation also comes as a document, and a venue also as a location.
        if names.contains("animation") {
            self = .animation
        } else if let known = names.sorted().lazy.compactMap({ Self.known[$0] }).first {
            self = known
        } else if names.isDisjoint(with: Self.notes), !names.isSubset(of: Self.envelope) {
            self = .unknown
        } else {
            return nil
        }
    }
}

/// Any name of a JSON member.
private struct AnyName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
}
