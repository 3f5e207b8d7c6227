import Contract
import Commands
import Foundation
import Jobs
import Store
import Telegram
import Testing

@Suite("Invitations")
struct InvitationTests {
    @Test("a link lets one person in, with its role, and the inviter hears of it")
    func link() async throws {
        let room = try Room()
        #expect(try await room.hear("/invite operator") == ["invitation"])
        let said = try await room.drawn()
        #expect(said.hasPrefix("An invitation as operator, for one person and one day:"))
        let code = try #require(
            said.firstMatch(of: /https:\/\/t\.me\/okai_test_bot\?start=([A-Za-z0-9_\-]{43})\n/)
        ).1
        let answers = try await room.hear("/start \(code)", user: 77, chat: 77)
        #expect(answers.count == 2)
        #expect(answers[0].hasPrefix("OKAI Bot"))
        #expect(answers[1] == "Ada (77) took your invitation and is on the list as operator.")
        #expect(try await room.outbox().last?.chatID == 42)
        #expect(try await room.store.read { try $0.member(77) }?.role == .operator)
        // It was for one.
        let second = try await room.hear("/start \(code)", user: 78, chat: 78)
        #expect(second == ["This code opens nothing: it was used already, or is not right."])
        #expect(try await room.store.read { try $0.member(78) } == nil)
    }

    @Test("a new person may what the role may, from the next message and button on", arguments: Role.allCases)
    func role(_ role: Role) async throws {
        let room = try Room()
        try await room.hear("/train \(Demo.blob)", user: 42, chat: -1)
        #expect(try await room.press("a:1", user: 77, chat: -1)?.text == "This is not for you to press.")
        let code = try await room.invite(as: role)
        try await room.hear("/start \(code)", user: 77, chat: 77)
        let pressed = try await room.press("a:1", user: 77, chat: -1)?.text
        #expect((pressed == "Run 1 is still going.") == (role >= .operator))
        let list = try await room.hear("/invite viewer", user: 77, chat: 77)
        #expect((list == ["invitation"]) == (role == .admin))
    }

    @Test("a code opens nothing after a day, nor when its inviter may not invite any more")
    func void() async throws {
        let room = try Room()
        try await room.store.write { try $0.save(Member(userID: 9, role: .admin, name: "x", addedAt: noon)) }
        let code = try await room.invite(as: .viewer, by: 9)
        try await room.store.write {
            try $0.save(Member(userID: 9, role: .operator, name: "x", addedAt: noon))
        }
        #expect(
            try await room.hear("/start \(code)", user: 77, chat: 77).first?.contains("opens nothing") == true
        )
        try await room.store.write { try $0.save(Member(userID: 9, role: .admin, name: "x", addedAt: noon)) }
        let late = noon + 86_400
        #expect(try await room.store.read { try $0.invitation(codeHash: Secret(code).hash, at: late) } == nil)
        #expect(
            try await room.hear("/start \(code)", user: 77, chat: 77).first?.hasPrefix("OKAI Bot") == true
        )
    }

    @Test("whoever has the role already leaves the invitation to another")
    func already() async throws {
        let room = try Room()
        let code = try await room.invite(as: .operator)
        #expect(
            try await room.hear("/start \(code)").first?.hasPrefix("You are on this bot's list as admin")
                == true
        )
        #expect(try await room.hear("/start \(code)", user: 77, chat: 77).count == 2)
    }

    @Test("in a group nobody is invited, because all would see it")
    func group() async throws {
        let room = try Room()
        let answer = try await room.hear("/invite viewer", chat: -1)
        #expect(answer == ["Ask me that in private: here whoever is the fastest would take the invitation."])
        #expect(try await room.store.read { try $0.invitation(1) } == nil)
    }

    @Test("a link that is said again has another code, and the former opens nothing")
    func repeated() async throws {
        let room = try Room()
        let first = try await room.invite(as: .viewer)
        let second = try #require(try await room.drawn().firstMatch(of: /start=([A-Za-z0-9_\-]{43})/)).1
        #expect(
            try await room.hear("/start \(first)", user: 77, chat: 77).first?.contains("opens nothing")
                == true
        )
        #expect(try await room.hear("/start \(second)", user: 77, chat: 77).count == 2)
        // It was taken: there is nothing to say any more.
        await #expect(throws: NothingDrawn.self) { try await room.drawn() }
    }

    @Test("help names the command, and the database holds no code")
    func help() async throws {
        let room = try Room()
        #expect(try await room.hear("/help").first?.contains("/invite <viewer or operator or admin>") == true)
        let code = try await room.invite(as: .viewer)
        let rows = "\(try await room.outbox()) \(try await room.store.read { try $0.invitation(1) } as Any)"
        #expect(!rows.contains(code))
    }
}

private struct NothingDrawn: Error {}

extension Room {
    /// Has the latest invitation said, and returns the words.
    fileprivate func drawn() async throws -> String {
        let message = try #require(try await outbox().last { $0.kind == .invitation })
        let rendered = try await store.render(message)
        guard let rendered else { throw NothingDrawn() }
        return rendered.text.plain
    }

    /// Has `user` invite somebody, and returns the code.
    fileprivate func invite(as role: Role, by user: UserID = 42) async throws -> String {
        try await hear("/invite \(role.rawValue)", user: user, chat: ChatID(private: user))
        return String(try #require(try await drawn().firstMatch(of: /start=([A-Za-z0-9_\-]{43})/)).1)
    }
}
