import Commands
import Contract
import Foundation
import Store
import Telegram
import Testing

@Suite("Whom the bot listens to")
struct ListeningTests {
    private static let lab: ChatID = -70
    private static let stranger: UserID = 501
    private static let table = ChatFile(id: "t", name: "wines.csv", type: "text/csv", size: 90)

    @Test(
        "a stranger in a group is answered only after addressing the bot",
        arguments: [
            ("/status", false), ("/forecast", false), ("/forecast@umbrella_bot", false), ("good day", false),
            ("\(Demo.blob)", false), ("/status@okai_test_bot", true), ("/nonsense@OKAI_Test_Bot", true),
            ("what are you, @okai_test_bot?", true),
        ]
    )
    func strangers(_ text: String, isAnswered: Bool) async throws {
        let chat = try ChatFixture()
        let answers = try await chat.send(text, user: Self.stranger, chat: Self.lab)
        #expect(answers.count == (isAnswered ? 1 : 0))
        let below = try await chat.handle(
            .file(Self.table, caption: text),
            user: 502,
            chat: Self.lab
        ).answers
        #expect(below.count == (isAnswered ? 1 : 0))
    }

    @Test("a stranger who replies to the bot is answered, but not about another bot's command")
    func replies() async throws {
        let chat = try ChatFixture()
        for (text, count) in [("/forecast@umbrella_bot", 0), ("who is that", 1), ("hello?", 0)] {
            let answers = try await chat.handle(.text(text), user: Self.stranger, chat: Self.lab) {
                $0.repliesTo = .init(message: 3, author: "okai_test_bot")
            }.answers
            #expect(answers.count == count, "\(text)")
        }
        await chat.deliver(after: 3_600)
        #expect(
            try await chat.send("/help@okai_test_bot", user: Self.stranger, chat: Self.lab).count == 1
        )
    }

    @Test("a stranger in a group can use an invitation")
    func invited() async throws {
        let chat = try ChatFixture()
        let wrong = try await chat.send("/start@okai_test_bot abc", user: Self.stranger, chat: Self.lab)
        #expect(wrong.first?.hasPrefix("This code is not valid") == true)
    }

    @Test(
        "a person behind a group or channel learns what to do, and starts nothing",
        arguments: [ChatUpdate.Mask.group, .channel]
    )
    func masks(_ mask: ChatUpdate.Mask) async throws {
        let chat = try ChatFixture()
        let texts = [
            ("/train \(Demo.blob)", true), ("/train", true), ("hi @okai_test_bot", true),
            ("/forecast", false),
            ("/status@umbrella_bot", false), ("good day", false),
        ]
        for (text, isAnswered) in texts {
            let answers = try await chat.handle(.text(text), user: 1_087_968_824, chat: Self.lab) {
                $0.mask = mask
            }.answers
            await chat.deliver()
            #expect(answers.count == (isAnswered ? 1 : 0), "\(text)")
            if isAnswered { #expect(answers.first?.hasSuffix("Then send it again as yourself.") == true) }
        }
        #expect(try await chat.runs(chat: Self.lab).isEmpty)
    }

    @Test("a sticker or the like gets one line in a private chat, and none in a group")
    func attachments() async throws {
        let chat = try ChatFixture()
        for kind in [MessageAttachment.sticker, .location, .sound, .photo, .webAppData, .unknown] {
            let first = try await chat.handle(.attachment(kind, caption: nil)).answers
            #expect(first.first?.hasPrefix("I take tables, not ") == true)
            #expect(try await chat.handle(.attachment(kind, caption: nil)).answers == [])
            #expect(try await chat.handle(.attachment(kind, caption: nil), chat: Self.lab).answers == [])
        }
        let photo = try await chat.handle(.attachment(.photo, caption: "my wines"), message: 8).answers
        #expect(photo == [])
        try await chat.handle(.attachment(.photo, caption: "/train \(Demo.blob)"), message: 9)
        #expect(try await chat.runs().count == 1)
    }

    @Test("a name cannot add a line, nor turn one round")
    func names() async throws {
        let chat = try ChatFixture()
        let name = "Eve\n\u{202E}nimda\u{200B}\u{2066} (owner)\u{0}"
        try await chat.addMember(88, as: .viewer, name: name)
        let list = try #require(try await chat.send("/members").first)
        #expect(list.contains("viewer · Eve nimda (owner) 88"))
        let file = ChatFile(id: "f", name: "a\r\n\u{202E}vsc.exe", type: "application/x-x", size: 3)
        let refusal = try #require(try await chat.handle(.file(file, caption: nil)).answers.first)
        #expect(refusal.hasPrefix("a vsc.exe is not a table"))
    }
}
