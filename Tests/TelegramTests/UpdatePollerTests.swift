import Contract
import Foundation
import Logging
import Support
import Synchronization
import Telegram
import Testing

@Suite("Long polling", .timeLimit(.minutes(10)))
struct UpdatePollerTests {
    @Test("updates are handled in order, and each is confirmed only after it was handled")
    func confirmed() async throws {
        let fake = BotAPIFake()
        for number in 1...3 { await fake.say("message \(number)") }
        let texts = try await receive(3, from: fake) { update in
            #expect(await fake.confirmed <= update.id.rawValue)
        }
        #expect(texts == ["message 1", "message 2", "message 3"])
        #expect(await fake.violations == [])
    }

    @Test("an update whose handling failed is handled again before later updates")
    func retried() async throws {
        let fake = BotAPIFake()
        await fake.say("first")
        await fake.say("second")
        let failures = Mutex(0)
        let texts = try await receive(2, from: fake) { _ in
            if failures.withLock({
                $0 += 1; return $0
            }) < 3 {
                throw HandlingError()
            }
        }
        #expect(texts == ["first", "second"])
    }

    @Test("an update that always fails is skipped after five attempts")
    func poison() async throws {
        let fake = BotAPIFake()
        await fake.say("poison")
        await fake.say("cure")
        let tries = Mutex(0)
        let texts = try await receive(1, from: fake) { update in
            guard case .message(let message) = update.content, message.text == "poison" else { return }
            tries.withLock { $0 += 1 }
            throw HandlingError()
        }
        #expect(texts == ["cure"])
        #expect(tries.withLock { $0 } == 5)
    }

    @Test("an update that Telegram sends again is handled again, because the inbox removes duplicates")
    func redelivered() async throws {
        let fake = BotAPIFake()
        await fake.say("twice")
        await fake.redeliver()
        #expect(try await receive(2, from: fake) == ["twice", "twice"])
    }

    @Test("polling begins after the last handled update")
    func resumed() async throws {
        let fake = BotAPIFake()
        await fake.say("old")
        await fake.say("new")
        #expect(try await receive(1, from: fake, after: 1_000) == ["new"])
    }

    @Test(
        "a failed poll is retried",
        arguments: [
            TelegramRefusal(502, "Bad Gateway"),
            TelegramRefusal(429, "Too Many Requests: retry after 1", retryAfter: 1),
            TelegramRefusal(409, "Conflict: terminated by other getUpdates request"),
            TelegramRefusal(400, "Bad Request: what"),
        ]
    )
    func failures(_ refusal: TelegramRefusal) async throws {
        let fake = BotAPIFake()
        await fake.fail("getUpdates", .refuse(refusal), times: 3)
        await fake.say("hello")
        #expect(try await receive(1, from: fake) == ["hello"])
    }

    @Test("another program with the token is reported after three conflicts in a row", arguments: [2, 3, 7])
    func rival(_ conflicts: Int) async throws {
        let fake = BotAPIFake()
        let refusal = TelegramRefusal(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only …"
        )
        await fake.fail("getUpdates", .refuse(refusal), times: conflicts)
        await fake.say("hello")
        let reports = Mutex(0)
        #expect(try await receive(1, from: fake, onConflict: { reports.withLock { $0 += 1 } }) == ["hello"])
        #expect(reports.withLock { $0 } == (conflicts > 2 ? 1 : 0))
    }

    @Test("a webhook that prevents polling is removed")
    func webhook() async throws {
        let fake = BotAPIFake()
        await fake.fail(
            "getUpdates",
            .refuse(
                TelegramRefusal(
                    409,
                    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
                )
            )
        )
        await fake.fail(
            "getUpdates",
            .refuse(TelegramRefusal(409, "Conflict: terminated by setWebhook request"))
        )
        await fake.say("hello")
        #expect(try await receive(1, from: fake) == ["hello"])
        #expect(await fake.calls.map(\.method) == ["deleteWebhook", "deleteWebhook"])
    }

    @Test("a token that Telegram never accepts ends the polling at the sixth refusal", arguments: [5, 6])
    func unauthorized(_ refusals: Int) async throws {
        let fake = BotAPIFake()
        await fake.fail("getUpdates", .refuse(TelegramRefusal(401, "Unauthorized")), times: refusals)
        await fake.say("hello")
        if refusals < 6 {
            #expect(try await receive(1, from: fake) == ["hello"])
        } else {
            await #expect(throws: TelegramError.unauthorized) { try await receive(1, from: fake) }
        }
    }

    @Test("a token that was accepted is tried for five minutes before it counts as revoked")
    func revoked() async throws {
        let fake = BotAPIFake()
        await fake.say("before")
        let texts = Mutex<[String]>([])
        await #expect(throws: TelegramError.unauthorized) {
            _ = try await receive(9, from: fake) { update in
                guard case .message(let message) = update.content else { return }
                texts.withLock { $0.append(message.text ?? "") }
                await fake.fail(
                    "getUpdates",
                    .refuse(TelegramRefusal(404, "Not Found")),
                    times: message.text == "before" ? 9 : 100
                )
                if message.text == "before" { await fake.say("after") }
            }
        }
        // Nine refusals in a row were no end, and the next answer began a new count.
        #expect(texts.withLock { $0 } == ["before", "after"])
    }

    @Test("the health names the last good poll, and why later ones fail")
    func health() async throws {
        let health = PollHealth()
        #expect(health.status.lastPoll == nil)
        #expect(health.status.failure == nil)
        let time = Date(timeIntervalSince1970: 1_800_000_000)
        health.polled(at: time)
        health.failed("Telegram failed with status 502")
        #expect(health.status.lastPoll == time)
        #expect(health.status.failure == "Telegram failed with status 502")
        let fake = BotAPIFake()
        await fake.say("hello")
        _ = try await receive(1, from: fake, health: health)
        #expect(health.status.failure == nil)
        #expect(health.status.lastPoll != time)
    }

    /// Polls until `count` updates were handled, and returns their texts.
    private func receive(
        _ count: Int,
        from fake: BotAPIFake,
        after last: UpdateID? = nil,
        health: PollHealth = PollHealth(),
        handling: @escaping @Sendable (Update) async throws -> Void = { _ in },
        onConflict: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> [String] {
        let (texts, text) = AsyncStream.makeStream(of: String.self)
        let result = Mutex<[String]>([])
        try await withBot(fake) { api in
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let poller = UpdatePoller(api: api, logger: logger, health: health, clock: FastClock())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { text.finish() }
                    try await poller.run(after: last, onConflict: onConflict) { update in
                        try await handling(update)
                        if case .message(let message) = update.content { text.yield(message.text ?? "") }
                    }
                }
                for await text in texts {
                    result.withLock { $0.append(text) }
                    if result.withLock({ $0.count }) == count { return group.cancelAll() }
                }
                try await group.waitForAll()
            }
        }
        return result.withLock { $0 }
    }
}

private struct HandlingError: Error {}
