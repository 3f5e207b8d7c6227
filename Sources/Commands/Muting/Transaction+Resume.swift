import Contract
import Foundation
import Store

extension Transaction {
    /// Up to this many posts that waited for a chat come one by one; more come as one file, except the newest.
    private static var mostSinglePosts: Int { 10 }

    /// Sends messages to the chat again, because it can be written to: one arrived, or Telegram said so.
    ///
    /// The chat is told what was dropped meanwhile. Many posts that were kept come as one file, so that they do not
    /// flood the chat.
    func resume(chat: ChatID, at now: Date) throws {
        let wasMuted = try isMuted(chat: chat)
        if wasMuted { try unmute(chat: chat) }
        let released = try releaseHeldMessages(of: chat)
        guard wasMuted || released > 0 else { return }
        let gathered = try gatherPosts(ofChat: chat, ifMoreThan: Self.mostSinglePosts, now: now)
        try tellDropped(ofChat: chat, gathered: gathered, at: now)
    }

    /// Something happened in the chat, so messages that it refused may be taken now.
    ///
    /// A person whose private chat speaks has not blocked the bot. In a group, people also talk while the bot may not.
    func hear(from chat: ChatID, at now: Date) throws {
        if chat.isGroup { try trySoon(chat: chat, at: now) } else { try resume(chat: chat, at: now) }
    }

    /// Moves what belongs to a group to the supergroup that it has become, and tells that what was dropped of the group.
    func resume(chat: ChatID, asSupergroupOf group: ChatID, at now: Date) throws {
        try migrateChat(group, to: chat)
        try tellDropped(ofChat: chat, at: now)
    }

    /// Tells the chat what was dropped of it; does nothing if nothing was, or if the chat is muted.
    func tellDropped(ofChat chat: ChatID, gathered: GatheredPosts? = nil, at now: Date) throws {
        guard try !isMuted(chat: chat) else { return }
        let dropped = try takeDropped(ofChat: chat)
        guard gathered != nil || !dropped.isEmpty else { return }
        var answer = Answer(MutedText.whileMuted(dropped: dropped, gathered: gathered))
        answer.attachment = gathered.map { .posts(from: $0.first, to: $0.last) }
        try enqueue(.reply(answer, chat: chat, thread: gathered?.thread, at: now))
    }
}
