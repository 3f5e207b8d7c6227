import GRDB

/// The definitions of the tables, as a list of migrations.
///
/// Do not change a migration that was released.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (name, statements) in migrations {
            migrator.registerMigration(name) { db in
                for statement in statements { try db.execute(sql: statement) }
            }
        }
        return migrator
    }

    private static let migrations = [
        ("2026-11 runs", runs + chat),
        ("2026-11 door", door),
        ("2026-11 invitations", invitations),
        ("2026-11 talk", talk),
        ("2026-11 images", images),
        ("2026-11 paid machines", paidMachines),
        ("2026-12 muted chats", mutedChats),
        ("2026-12 post keys", postKeys),
        ("2026-12 albums", albums),
        ("2026-12 delayed posts", delayedPosts),
    ]
}
