import Contract
import Foundation
import Jobs
import Store
import Support
import Testing

@Suite("Notices to owners")
struct OwnerNoticesTests {
    @Test("every admin, of the settings or of the database, gets a notice once")
    func admins() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            for (user, role) in [(7, .admin), (8, .operator), (42, .admin)] as [(UserID, Role)] {
                try transaction.save(Member(userID: user, role: role, name: "x", addedAt: noon))
            }
        }
        let log = LogRecorder()
        let notices = AdminNotices(store: store, owners: [42, 43], logger: log.logger)
        await notices.enqueue("A machine was stopped.", topic: "Fluence", at: noon)
        let chats = try await store.read { try $0.dueMessages(now: noon) }.map(\.chatID)
        #expect(chats.sorted() == [7, 42, 43])
        #expect(log.lines == [])
    }
}
