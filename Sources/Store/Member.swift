package import Foundation
import GRDB

/// What a person may do: each role may all that the ones before it may.
package enum Role: String, Codable, CaseIterable, Comparable, Sendable {
    /// Sees.
    case viewer
    /// Trains.
    case `operator`
    /// Builds, launches paid machines and invites.
    case admin

    package static func < (left: Role, right: Role) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .operator: 1
        case .admin: 2
        }
    }
}

/// A person whom the bot knows.
package struct Member: Codable, Equatable, Sendable {
    package var userID: Int64
    package var role: Role
    package var name: String
    package var addedAt: Date

    package init(userID: Int64, role: Role, name: String, addedAt: Date) {
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
    package func member(_ user: Int64) throws -> Member? {
        try Member.fetchOne(db, sql: "SELECT * FROM member WHERE userID = ?", arguments: [user])
    }

    package func save(_ member: Member) throws {
        var member = member
        try member.insert(db, onConflict: .replace)
    }

    package func admins() throws -> Set<Int64> {
        Set(try Int64.fetchAll(db, sql: "SELECT userID FROM member WHERE role = 'admin'"))
    }

    /// Everybody whom the bot knows: those who may most first.
    package func members() throws -> [Member] {
        try Member.fetchAll(db, sql: "SELECT * FROM member ORDER BY addedAt, userID")
            .sorted { $0.role > $1.role }
    }

    /// Forgets the person; false where nobody was known by that id.
    package func deleteMember(_ user: Int64) throws -> Bool {
        try db.execute(sql: "DELETE FROM member WHERE userID = ?", arguments: [user])
        return db.changesCount == 1
    }

    package func hasAdmin() throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM member WHERE role = 'admin')") ?? false
    }
}
