package import Contract
package import Foundation
import GRDB

/// An invitation: the first person who sends its code becomes a member.
package struct Invitation: Codable, Equatable, Sendable {
    package let id: InvitationID
    package let role: Role
    package let createdBy: UserID
    package let expiresAt: Date
}

extension Invitation: Record {
    static var databaseTableName: String { "invitation" }
}

extension Transaction {
    /// Inserts an invitation without a code; a code is made each time that the bot sends the invitation's link.
    package func insertInvitation(as role: Role, by user: UserID, expiresAt: Date) throws -> Invitation {
        let sql = "INSERT INTO invitation (role, createdBy, expiresAt) VALUES (?, ?, ?)"
        try db.execute(sql: sql, arguments: [role.rawValue, user, expiresAt.timeIntervalSince1970])
        return Invitation(
            id: InvitationID(db.lastInsertedRowID),
            role: role,
            createdBy: user,
            expiresAt: expiresAt
        )
    }

    package func invitation(_ id: InvitationID) throws -> Invitation? {
        try Invitation.fetchOne(db, sql: "SELECT * FROM invitation WHERE id = ?", arguments: [id])
    }

    /// The invitation whose code has this SHA-256 and that has not expired at `now`.
    package func invitation(codeHash: Data, at now: Date) throws -> Invitation? {
        let sql = "SELECT * FROM invitation WHERE codeHash = ? AND expiresAt > ?"
        return try Invitation.fetchOne(db, sql: sql, arguments: [codeHash, now.timeIntervalSince1970])
    }

    /// Replaces the invitation's code, so that the old code becomes invalid.
    package func setCodeHash(_ hash: Data, ofInvitation id: InvitationID) throws {
        try db.execute(sql: "UPDATE invitation SET codeHash = ? WHERE id = ?", arguments: [hash, id])
    }

    package func deleteInvitation(_ id: InvitationID) throws {
        try db.execute(sql: "DELETE FROM invitation WHERE id = ?", arguments: [id])
    }
}
