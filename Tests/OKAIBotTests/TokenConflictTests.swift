import Foundation
import Glibc
import Support
import Testing

@Suite("Two bots with one token", .serialized)
struct TokenConflictTests {
    @Test("one of them tells the owner", .timeLimit(.minutes(10)))
    func told() async throws {
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                let bots = try ["one", "two"].map { name in
                    try RunningBot.start(folder.appending(path: name), telegram, port: 0)
                }
                defer { for bot in bots { bot.send(SIGKILL) } }
                let message = try await fake.next(
                    "sendMessage",
                    containing: "Another program uses this bot"
                )
                #expect(message.chat == 42)
                for bot in bots { bot.send(SIGTERM) }
                for bot in bots { #expect(await bot.ended().code == 0) }
                #expect(await fake.violations == [])
            }
        }
    }
}
