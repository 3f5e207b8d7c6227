import Contract
import Foundation
import Logging
import Store
import Support
import Telegram
import Testing

@testable import OKAIBot

@Suite("The menus of commands")
struct TelegramMenuTests {
    private static func commands(_ call: BotAPIFake.Call) -> Set<String> {
        Set((call.parameters["commands"]?.array ?? []).compactMap { $0["command"]?.string })
    }

    private static func place(_ call: BotAPIFake.Call) -> String {
        let scope = call.parameters["scope"]
        return "\(scope?["type"]?.string ?? "") \(scope?["chat_id"]?.integer ?? 0)"
    }

    @Test("each chat's menu lists what its reader may use, and follows the member's role")
    func roles() async throws {
        let fake = BotAPIFake()
        try await withLoopbackServer(fake.router) { server in
            let api = BotAPI(token: try BotToken(BotAPIFake.token), server: server)
            let (store, logger) = (try SQLiteStore(), Logger(label: "test"))
            let menu = TelegramMenu(api: api, store: store, owners: [7], logger: logger)
            func save(_ role: Role) async throws {
                let member = Member(userID: 9, role: role, name: "Mia", addedAt: Date())
                try await store.write { try $0.save(member) }
            }
            try await save(.viewer)
            try await menu.update()
            var calls = await fake.calls
            #expect(
                calls.map(Self.place) == ["all_private_chats 0", "all_group_chats 0", "chat 7", "chat 9"]
            )
            #expect(Self.commands(calls[0]) == Self.commands(calls[3]))
            #expect(Self.commands(calls[0]).isSuperset(of: ["start", "help", "status"]))
            #expect(
                Self.commands(calls[1]).subtracting(Self.commands(calls[0])).isSuperset(of: [
                    "train", "cancel",
                ])
            )
            #expect(
                Self.commands(calls[2]).subtracting(Self.commands(calls[1])) == [
                    "build", "invite", "members",
                ]
            )

            try await menu.update()
            #expect(await fake.calls.count == 4)
            try await save(.operator)
            try await menu.update()
            _ = try await store.write { try $0.deleteMember(9) }
            try await menu.update()
            calls = await fake.calls
            #expect(calls.dropFirst(4).map(Self.place) == ["chat 9", "chat 9"])
            #expect(Self.commands(calls[4]) == Self.commands(calls[1]))
            #expect(Self.commands(calls[5]) == Self.commands(calls[0]))
        }
        #expect(await fake.violations == [])
    }

    @Test("a chat that Telegram does not know costs nothing else, and a wait is told")
    func refused() async throws {
        let fake = BotAPIFake()
        try await withLoopbackServer(fake.router) { server in
            let api = BotAPI(token: try BotToken(BotAPIFake.token), server: server)
            let menu = TelegramMenu(
                api: api,
                store: try SQLiteStore(),
                owners: [7],
                logger: Logger(label: "test")
            )
            await fake.fail("setMyCommands", .refuse(TelegramRefusal(400, "Bad Request: chat not found")))
            try await menu.update()
            #expect(await fake.calls.map(Self.place) == ["all_group_chats 0", "chat 7"])
            try await menu.update()
            #expect(await fake.calls.count == 2)
        }
        try await withLoopbackServer(fake.router) { server in
            let api = BotAPI(token: try BotToken(BotAPIFake.token), server: server)
            let menu = TelegramMenu(
                api: api,
                store: try SQLiteStore(),
                owners: [],
                logger: Logger(label: "test")
            )
            let wait = TelegramRefusal(429, "Too Many Requests: retry after 77", retryAfter: 77)
            await fake.fail("setMyCommands", .refuse(wait))
            await #expect(throws: TelegramError.retryAfter(seconds: 77)) { try await menu.update() }
            try await menu.update()
            #expect(
                await fake.calls.dropFirst(2).map(Self.place) == ["all_private_chats 0", "all_group_chats 0"]
            )
        }
    }
}
