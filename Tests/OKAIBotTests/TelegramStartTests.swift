import Foundation
import Glibc
import Support
import Testing

@Suite("The start, while Telegram refuses", .serialized)
struct TelegramStartTests {
    @Test(
        "neither name nor menu holds up an answer",
        .timeLimit(.minutes(10)),
        arguments: [
            ("setMyCommands", TelegramRefusal(429, "Too Many Requests: retry after 900", retryAfter: 900)),
            ("setMyCommands", TelegramRefusal(400, "Bad Request: BOT_COMMAND_INVALID")),
            ("getMe", TelegramRefusal(429, "Too Many Requests: retry after 900", retryAfter: 900)),
            ("getMe", TelegramRefusal(401, "Unauthorized")),
            ("getUpdates", TelegramRefusal(404, "Not Found")),
        ]
    )
    func ornament(_ method: String, _ refusal: TelegramRefusal) async throws {
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            // There is a menu for private chats, one for groups and one for the owner.
            await fake.fail(method, .refuse(refusal), times: method == "setMyCommands" ? 3 : 2)
            try await withLoopbackServer(fake.router) { telegram in
                let bot = try RunningBot.start(folder, telegram, port: 0)
                defer { bot.send(SIGKILL) }
                await fake.say("/runs")
                _ = try await fake.next("sendMessage", containing: "no runs")
                bot.send(SIGTERM)
                let end = await bot.ended()
                #expect(end.code == 0)
                if method == "setMyCommands" {
                    #expect(await !fake.calls.contains { $0.method == "setMyCommands" })
                }
            }
        }
    }

    @Test("the name of the last start is used while Telegram does not say it", .timeLimit(.minutes(10)))
    func name() async throws {
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                for start in 1...2 {
                    let bot = try RunningBot.start(folder, telegram, port: 0)
                    defer { bot.send(SIGKILL) }
                    await fake.say("/runs@another_bot", chat: -7)
                    await fake.say("/runs@okai_test_bot", chat: -7)
                    let answer = try await fake.next("sendMessage", containing: "no runs")
                    #expect(answer.chat == -7)
                    bot.send(SIGTERM)
                    #expect(await bot.ended().code == 0)
                    #expect(await fake.calls.count { $0.method == "sendMessage" } == start)
                    let refusal = TelegramRefusal(429, "Too Many Requests: retry after 900", retryAfter: 900)
                    await fake.fail("getMe", .refuse(refusal), times: 2)
                }
            }
        }
    }
}
