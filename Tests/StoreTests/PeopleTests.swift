import Contract
import Foundation
import Store
import Testing

extension Transaction {
    @discardableResult
    func insertTopic(_ name: String, chat: ChatID = 1, hash: Data = Data([1])) throws -> Topic {
        try insertTopic(named: name, chat: chat, thread: nil, secretHash: hash, by: 7, at: noon)
    }
}

@Suite("Updates, topics and members")
struct PeopleTests {
    @Test("an update is received once, and pruning keeps the newest")
    func inbox() async throws {
        let store = try SQLiteStore()
        let received = try await store.write { transaction in
            try [5, 6, 5, 6, 7].map { try transaction.receive(update: $0, at: noon) }
        }
        #expect(received == [true, true, false, false, true])
        try await store.write { try $0.prune(now: noon + 3 * 86_400) }
        #expect(try await store.read { try $0.lastUpdate() } == 7)
        #expect(try await store.write { try $0.receive(update: 5, at: noon) })
    }

    @Test("a new topic replaces the one of the same name in the chat, and its address")
    func topics() async throws {
        let store = try SQLiteStore()
        try await store.write { transaction in
            try transaction.insertTopic("logs", hash: Data([1]))
            try transaction.insertTopic("logs", hash: Data([2]))
            try transaction.insertTopic("logs", chat: 2, hash: Data([3]))
        }
        #expect(try await store.read { try $0.topic(secretHash: Data([1])) } == nil)
        #expect(try await store.read { try $0.topic(secretHash: Data([2])) }?.chatID == 1)
        #expect(try await store.read { try $0.topic(secretHash: Data([3])) }?.chatID == 2)
        #expect(try await store.write { try $0.deleteTopic(named: "logs", ofChat: 1) })
        #expect(try await store.write { try $0.deleteTopic(named: "logs", ofChat: 1) } == false)
        #expect(try await store.read { try $0.topic(secretHash: Data([2])) } == nil)
    }

    @Test("the role of a member can be replaced, and roles are ordered")
    func members() async throws {
        let store = try SQLiteStore()
        for role in [Role.viewer, .operator] {
            try await store.write { try $0.save(Member(userID: 7, role: role, name: "Ada", addedAt: noon)) }
            #expect(try await store.read { try $0.member(7) }?.role == role)
            #expect(try await store.read { try $0.hasAdmin() } == false)
        }
        try await store.write { try $0.save(Member(userID: 8, role: .admin, name: "Grace", addedAt: noon)) }
        #expect(try await store.read { try $0.hasAdmin() })
        #expect(Role.allCases == Role.allCases.sorted())
        #expect(Role.viewer < .operator && Role.operator < .admin)
    }
}
