import Foundation
import Jobs
package import Store

/// The code that makes the first person an admin: printed at the first start, stored as a hash, deleted when used.
package enum AdminCode {
    private static let key = "adminCodeHash"
    /// In characters of base64: 132 bits.
    private static let length = 22

    /// Makes a new code if the bot has no admin yet; the former code is then no longer valid.
    package static func issue(in transaction: Transaction) throws -> String? {
        guard try !transaction.hasAdmin() else { return nil }
        let secret = Secret(String(Secret.random().text.prefix(length)))
        try transaction.set(key, to: secret.hash.base64EncodedString())
        return secret.text
    }

    /// Makes the person who sent the right code an admin; false for any other code.
    static func redeem(_ code: String, for update: ChatUpdate, in transaction: Transaction, at now: Date)
        throws
        -> Bool
    {
        guard let stored = try transaction.setting(key), Secret(code).opens(Data(base64Encoded: stored))
        else { return false }
        try transaction.set(key, to: nil)
        try transaction.save(Member(userID: update.user, role: .admin, name: update.userName, addedAt: now))
        return true
    }
}
