package import Contract
package import Foundation
import GRDB

/// A person who may use the bot.
package struct Member: Codable, Equatable, Sendable {
    package var userID: UserID
    package var role: Role
    package var name: String
    package var addedAt: Date

    package init(userID: UserID, role: Role, name: String, addedAt: Date) {
        self.userID = userID
        self.role = role
        self.name = name
        self.addedAt = addedAt
    }
}

extension Member: Record {
    static var databaseTableName: String { "member" }
}

extension Transaction {
    package func member(_ user: UserID) throws -> Member? {
        try Member.fetchOne(db, sql: "SELECT * FROM member WHERE userID = ?", arguments: [user])
    }

    /// All members, sorted by role (highest first), then by the time at which they were added.
    package func members() throws -> [Member] {
        try Member.fetchAll(db, sql: "SELECT * FROM member ORDER BY addedAt, userID")
            .sorted { $0.role > $1.role }
    }

    package func admins() throws -> Set<UserID> {
        Set(try UserID.fetchAll(db, sql: "SELECT userID FROM member WHERE role = 'admin'"))
    }

    package func hasAdmin() throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM member WHERE role = 'admin')") ?? false
    }

    package func save(_ member: Member) throws {
        var member = member
        try member.insert(db, onConflict: .replace)
    }

    /// Removes the person; returns false if the person is not a member.
    package func deleteMember(_ user: UserID) throws -> Bool {
        try db.execute(sql: "DELETE FROM member WHERE userID = ?", arguments: [user])
        return db.changesCount == 1
    }
}
