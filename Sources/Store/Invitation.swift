package import Foundation
import GRDB

/// A way onto the bot's list for one person, whoever comes first with its code.
package struct Invitation: Codable, Equatable, Sendable {
    package var id: Int64?
    package var role: Role
    /// SHA-256 of the code; nil until that is drawn, at the moment when it is said.
    package var codeHash: Data?
    package var createdBy: Int64
    package var expiresAt: Date

    package init(role: Role, createdBy: Int64, expiresAt: Date) {
        self.role = role
        self.createdBy = createdBy
        self.expiresAt = expiresAt
    }
}

extension Invitation: Record {
    static var databaseTableName: String { "invitation" }

    mutating func didInsert(_ inserted: InsertionSuccess) {
        id = inserted.rowID
    }
}

extension Transaction {
    /// Keeps the invitation and returns it with its id.
    package func insert(_ invitation: Invitation) throws -> Invitation {
        var invitation = invitation
        try invitation.insert(db)
        return invitation
    }

    package func invitation(_ id: Int64) throws -> Invitation? {
        try Invitation.fetchOne(db, sql: "SELECT * FROM invitation WHERE id = ?", arguments: [id])
    }

    /// The invitation that this code opens at `now`.
    package func invitation(codeHash: Data, at now: Date) throws -> Invitation? {
        let sql = "SELECT * FROM invitation WHERE codeHash = ? AND expiresAt > ?"
        return try Invitation.fetchOne(db, sql: sql, arguments: [codeHash, now.timeIntervalSince1970])
    }

    /// Gives the invitation another code; the former opens nothing any more.
    package func setCodeHash(_ hash: Data, ofInvitation id: Int64) throws {
        try db.execute(sql: "UPDATE invitation SET codeHash = ? WHERE id = ?", arguments: [hash, id])
    }

    package func deleteInvitation(_ id: Int64) throws {
        try db.execute(sql: "DELETE FROM invitation WHERE id = ?", arguments: [id])
    }
}
