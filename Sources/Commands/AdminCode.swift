import Foundation
import Jobs
package import Store

/// The code that makes the first person an admin: printed once at the first start, kept as a hash, gone when used.
package enum AdminCode {
    private static let key = "adminCodeHash"

    /// Draws a new code where the bot has no admin yet; the former one opens nothing any more.
    package static func issue(in transaction: Transaction) throws -> String? {
        guard try !transaction.hasAdmin() else { return nil }
        let secret = Secret(String(Secret.random().text.prefix(22)))
        try transaction.set(key, to: secret.hash.base64EncodedString())
        return secret.text
    }

    /// Makes whoever sent the right code an admin; false for any other code.
    static func redeem(_ code: String, for incoming: Incoming, in transaction: Transaction, at now: Date)
        throws -> Bool
    {
        guard let stored = try transaction.setting(key), Secret(code).opens(Data(base64Encoded: stored))
        else {
            return false
        }
        try transaction.set(key, to: nil)
        try transaction.save(
            Member(userID: incoming.user, role: .admin, name: incoming.userName, addedAt: now)
        )
        return true
    }
}
