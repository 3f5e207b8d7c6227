import Foundation
import Store

/// What makes no sound: the one place that decides.
enum Quiet {
    /// Progress never does, answers always may; ends and notes do, unless the run or the chat was silenced.
    static func isSilent(_ message: OutboxMessage, in transaction: Transaction, now: Date) throws -> Bool {
        switch message.kind {
        case .anchor: return true
        case .reply, .address, .invitation: return false
        case .ended:
            if try transaction.run(message.subject ?? 0)?.run.isQuiet == true { return true }
        case .notification:
            let priority = Store.Notification(payload: message.payload ?? "").priority
            if priority == .urgent { return false }
            if priority == .low || priority == .min { return true }
        case .card: break
        }
        return try transaction.quietEnd(ofChat: message.chatID, now: now) != nil
    }
}
