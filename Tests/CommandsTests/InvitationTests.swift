import Commands
import Contract
import Foundation
import Jobs
import Store
import Telegram
import Testing

@Suite("Invitations")
struct InvitationTests {
    @Test("a link gives one person a role, and the inviter gets a message")
    func link() async throws {
        let chat = try ChatFixture()
        #expect(try await chat.send("/invite operator") == ["invitation"])
        let text = try await chat.renderInvitation()
        #expect(text.hasPrefix("An invitation as operator, for one person and one day:"))
        let code = try #require(
            text.firstMatch(of: /https:\/\/t\.me\/okai_test_bot\?start=([A-Za-z0-9_\-]{43})\n/)
        ).1
        let answers = try await chat.send("/start \(code)", user: 77, chat: 77)
        #expect(answers.count == 2)
        #expect(answers[0].hasPrefix("OKAI Bot"))
        #expect(answers[1] == "Ada (77) took your invitation and is on the list as operator.")
        #expect(try await chat.outbox().last?.chatID == 42)
        #expect(try await chat.store.read { try $0.member(77) }?.role == .operator)
        // The link works once.
        let second = try await chat.send("/start \(code)", user: 78, chat: 78)
        #expect(
            second == [
                """
                This code is not valid: it was used already, is older than a day, is mistyped, or comes from a person who may not \
                invite people any more. Ask for a new invitation.
                """
            ]
        )
        #expect(try await chat.store.read { try $0.member(78) } == nil)
    }

    @Test("a new member has the permissions of the role at once", arguments: Role.allCases)
    func role(_ role: Role) async throws {
        let chat = try ChatFixture()
        try await chat.send("/train \(Demo.blob)", user: 42, chat: -1)
        #expect(
            try await chat.press("a:1", user: 77, chat: -1)?.text?.hasPrefix("You are not on this bot's list")
                == true
        )
        let code = try await chat.invite(as: role)
        try await chat.send("/start \(code)", user: 77, chat: 77)
        let pressed = try await chat.press("a:1", user: 77, chat: -1)?.text
        #expect(
            (pressed == "Run 1 has not ended yet. Wait for its end, or send /cancel 1.")
                == (role >= .operator)
        )
        let list = try await chat.send("/invite viewer", user: 77, chat: 77)
        #expect((list == ["invitation"]) == (role == .admin))
    }

    @Test("a code is not valid after a day, nor after its inviter lost the role admin")
    func void() async throws {
        let chat = try ChatFixture()
        try await chat.addMember(9, as: .admin)
        let code = try await chat.invite(as: .viewer, by: 9)
        try await chat.addMember(9, as: .operator)
        #expect(
            try await chat.send("/start \(code)", user: 77, chat: 77).first?.hasPrefix(
                "This code is not valid"
            ) == true
        )
        try await chat.addMember(9, as: .admin)
        let late = noon + 86_400
        #expect(try await chat.store.read { try $0.invitation(codeHash: Secret(code).hash, at: late) } == nil)
        #expect(
            try await chat.send("/start \(code)", user: 77, chat: 77).first?.hasPrefix("OKAI Bot") == true
        )
    }

    @Test("a person who has the role already does not use up the invitation")
    func already() async throws {
        let chat = try ChatFixture()
        let code = try await chat.invite(as: .operator)
        #expect(
            try await chat.send("/start \(code)").first?.hasPrefix("You are on this bot's list as admin")
                == true
        )
        #expect(try await chat.send("/start \(code)", user: 77, chat: 77).count == 2)
    }

    @Test("what is secret is shown to the person alone, also if a group asked for it")
    func group() async throws {
        let chat = try ChatFixture()
        for (text, kind) in [("/invite viewer", "invitation"), ("/register lab", "address")] {
            #expect(try await chat.send(text, chat: -1) == [kind])
            let row = try #require(try await chat.outbox().last)
            let rendered = try #require(try await chat.render(row))
            #expect(rendered.onlyFor == 42 && row.chatID == -1)
            guard case .messages(let messages) = Delivery(rendered, for: row) else {
                Issue.record("this is not a text")
                return
            }
            #expect(messages.map(\.onlyFor) == [42])
        }
        try await chat.send("/register mine")
        let row = try #require(try await chat.outbox().last)
        #expect(try await chat.render(row)?.onlyFor == nil)
    }

    @Test(
        "an address says from where it works, and since when the former one existed",
        arguments: [
            (.everywhere, ""), (.thisMachine, " It works on this machine alone: PUBLIC_URL is not set."),
            (.thisStart, " It works on this machine alone, and only until the bot ends."),
        ] as [(ChatPolicy.Reach, String)]
    )
    func reach(_ reach: ChatPolicy.Reach, _ sentence: String) async throws {
        var policy = ChatPolicy.test
        policy.reach = reach
        let chat = try ChatFixture(policy)
        try await chat.send("/register oven")
        chat.advance(by: 3 * 86_400)
        try await chat.send("/register oven", message: 8)
        let row = try #require(try await chat.outbox().last)
        let text = try #require(try await chat.render(row)?.text.plain)
        #expect(text.hasPrefix("oven has a new address; the one of 21 Sep opens nothing any more. "))
        #expect(text.contains("only a hash of the address.\(sentence)\n"))
    }

    @Test("a link that is rendered again has a new code, and the former code is not valid")
    func repeated() async throws {
        let chat = try ChatFixture()
        let first = try await chat.invite(as: .viewer)
        let second = try #require(
            try await chat.renderInvitation().firstMatch(of: /start=([A-Za-z0-9_\-]{43})/)
        ).1
        #expect(
            try await chat.send("/start \(first)", user: 77, chat: 77).first?.hasPrefix(
                "This code is not valid"
            )
                == true
        )
        #expect(try await chat.send("/start \(second)", user: 77, chat: 77).count == 2)
        // The invitation was used, so it is not rendered any more.
        await #expect(throws: NoInvitation.self) { try await chat.renderInvitation() }
    }

    @Test("/help all lists the command, and the database stores no code")
    func help() async throws {
        let chat = try ChatFixture()
        #expect(
            try await chat.send("/help all").first?.contains("/invite <viewer or operator or admin>") == true
        )
        let code = try await chat.invite(as: .viewer)
        let rows = "\(try await chat.outbox()) \(try await chat.store.read { try $0.invitation(1) } as Any)"
        #expect(!rows.contains(code))
    }

    @Test("a member who presses Start again is not told to ask for another invitation")
    func startAgain() async throws {
        let chat = try ChatFixture()
        let code = try await chat.invite(as: .viewer)
        for _ in 0..<2 { try await chat.send("/start \(code)", user: 88, chat: 88) }
        let answers = try await chat.outbox().filter { $0.chatID == 88 }.compactMap(\.payload)
        #expect(answers.last?.contains("on this bot's list as viewer") == true)
    }
}

private struct NoInvitation: Error {}

extension ChatFixture where Surface == RecordingSurface {
    /// Renders the latest invitation, which makes its code.
    fileprivate func renderInvitation() async throws -> String {
        let message = try #require(try await outbox().last { $0.kind == .invitation })
        guard let rendered = try await render(message) else { throw NoInvitation() }
        return rendered.text.plain
    }

    /// Sends `/invite` as `user`; returns the code.
    fileprivate func invite(as role: Role, by user: UserID = 42) async throws -> String {
        try await send("/invite \(role.rawValue)", user: user, chat: ChatID(private: user))
        let text = try await renderInvitation()
        return String(try #require(text.firstMatch(of: /start=([A-Za-z0-9_\-]{43})/)).1)
    }
}
