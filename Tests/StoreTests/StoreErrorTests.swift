import GRDB
import Testing

@testable import Store

@Suite("Why the database cannot be used")
struct StoreErrorTests {
    @Test(
        "a full disk is called so, whatever SQLite says",
        arguments: ["not an error", "database or disk is full"]
    )
    func full(_ message: String) {
        let error = DatabaseError(resultCode: .SQLITE_FULL, message: message)
        #expect(StoreError.message(of: error) == "the disk is full")
        #expect(
            StoreError.classified(error) as? StoreError == .unavailable("the disk is full")
        )
    }
}
