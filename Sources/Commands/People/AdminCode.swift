import Foundation
import Jobs
package import Store

/// The code that makes the first person an admin.
///
/// Each start of a bot without admins prints a new code. The database stores only the hash of the code, until a person
/// uses the code.
package enum AdminCode {
    private static let key = "adminCodeHash"
    /// The number of base64 characters in a code: 22 characters hold 132 bits.
    private static let length = 22

    /// Makes a new code, which replaces the former one; nil if the bot has an admin already.
    package static func issue(in transaction: Transaction) throws -> String? {
        guard try !transaction.hasAdmin() else { return nil }
        let secret = Secret(String(Secret.random().text.prefix(length)))
        try transaction.set(key, to: secret.hash.base64EncodedString())
        return secret.text
    }

    /// If `code` is right, makes the person who sent it an admin and returns true; otherwise returns false.
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
