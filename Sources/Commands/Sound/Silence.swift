import Foundation
import Store

/// Decides which messages make no sound.
enum Silence {
    /// Whether the message makes no sound.
    ///
    /// Live messages and posts of low priority are always silent. Answers, addresses, invitations and urgent posts are
    /// never silent. The end of a silenced run is silent. All other messages are silent only in a silenced chat.
    static func isSilent(_ message: OutboxMessage, in transaction: Transaction, now: Date) throws -> Bool {
        switch message.kind {
        case .liveMessage: return true
        case .reply, .address, .invitation: return false
        case .ended:
            if let id = message.run, try transaction.run(id)?.isQuiet == true { return true }
        case .post:
            let priority = TopicPost(payload: message.payload ?? "").priority
            if priority == .urgent { return false }
            if priority == .low || priority == .min { return true }
        case .card: break
        }
        return try transaction.quietEnd(ofChat: message.chatID, now: now) != nil
    }
}
