import Store
import Testing

@Suite("Ids of posts")
struct PostIDTests {
    @Test(
        "an id names its row, and no two rows have the same",
        arguments: [1, 2, 3, 4_711, 1 << 40] as [Int64]
    )
    func ids(_ row: Int64) throws {
        let ids = [PostID(.message(.init(rawValue: row))), PostID(.delayed(row))]
        for id in ids {
            #expect(id.description.count == 12)
            #expect(PostID(id.description) == id)
            #expect(PostID(rawValue: id.rawValue) == id)
        }
        #expect(Set(ids.map(\.description)).count == 2)
    }

    @Test("other texts are no ids", arguments: ["", "abc", "ABCDEFGHIJKL", "abcdefghijkmn", "abcdefghij0l"])
    func noIDs(_ text: String) {
        #expect(PostID(text) == nil)
    }
}
