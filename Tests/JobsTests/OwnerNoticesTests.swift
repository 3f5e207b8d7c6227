import Contract
import Foundation
import Jobs
import Store
import Support
import Testing

@Suite("What owners hear")
struct OwnerNoticesTests {
    @Test("every admin hears it once, by the settings or by a code; nobody else does")
    func everyone() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            for (user, role) in [(7, .admin), (8, .operator), (42, .admin)] as [(UserID, Role)] {
                try transaction.save(Member(userID: user, role: role, name: "x", addedAt: noon))
            }
        }
        let book = LogRecorder()
        let notices = OwnerNotices(store: store, owners: [42, 43], logger: book.logger)
        await notices.enqueue("A machine was given back.", topic: "Fluence", at: noon)
        let chats = try await store.read { try $0.dueMessages(now: noon) }.map(\.chatID)
        #expect(chats.sorted() == [7, 42, 43])
        #expect(book.lines == [])
    }
}
