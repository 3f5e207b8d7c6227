import Support

/// Closes chats and opens them again, refuses polls, and loses answers to messages with secrets.
struct CrashWeather: Sendable {
    let seed: UInt64
    let fake: BotAPIFake

    private static let rounds = 12
    static let wait = TelegramRefusal(429, "Too Many Requests: retry after 3", retryAfter: 3)

    /// Refusals of a whole chat; the last of each status is one that no table has.
    static let refusals = [
        TelegramRefusal(400, "Bad Request: not enough rights to send text messages to the chat"),
        TelegramRefusal(400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        TelegramRefusal(400, "Bad Request: CHAT_RESTRICTED"),
        TelegramRefusal(400, "Bad Request: have no rights to send a message"),
        TelegramRefusal(400, "Bad Request: chat not found"),
        TelegramRefusal(400, "Bad Request: WEATHER_IS_BAD"),
        TelegramRefusal(403, "Forbidden: bot was blocked by the user"),
        TelegramRefusal(403, "Forbidden: bot was kicked from the supergroup chat"),
        TelegramRefusal(403, "Forbidden: user is deactivated"),
        TelegramRefusal(403, "Forbidden: the weather is bad"),
    ]
    private static let noPhotos = TelegramRefusal(
        400,
        "Bad Request: not enough rights to send photos to the chat"
    )
    private static let closedTopic = TelegramRefusal(400, "Bad Request: TOPIC_CLOSED")
    private static let lostTopic = TelegramRefusal(400, "Bad Request: message thread not found")

    /// Changes the weather for about fifteen seconds; then everything is open.
    func change() async throws {
        var generator = SeededGenerator(seed: seed &+ 4)
        for round in 0..<Self.rounds {
            let chat =
                CrashChat.all.filter { $0.chat != CrashChat.crowd.chat }
                .randomElement(using: &generator) ?? CrashChat.forum
            var closed = [(BotAPIFake.Place(chat.chat), Self.refusals.randomElement(using: &generator))]
            switch round % 4 {
            case 1: closed = Self.forum(&generator)
            case 2: closed = [(BotAPIFake.Place(chat.chat, .files), Self.noPhotos)]
            case 3: try await disturb(&generator)
            default: break
            }
            for (place, refusal) in closed { await fake.close(place, with: refusal ?? Self.wait) }
            try await pause(200...2_000, &generator)
            for (place, _) in closed { await fake.open(place) }
            if Bool.random(using: &generator) { await chat.say("/help cancel", to: fake) }
            try await pause(0...300, &generator)
        }
    }

    /// Closes the topic alone, or General as well, or says that the topic is gone.
    private static func forum(_ generator: inout SeededGenerator) -> [(BotAPIFake.Place, TelegramRefusal?)] {
        let (chat, thread) = (CrashChat.forum.chat, CrashChat.forum.thread ?? 0)
        let topic = BotAPIFake.Place(chat, .topic(thread))
        switch Int.random(in: 0...2, using: &generator) {
        case 0: return [(topic, closedTopic), (BotAPIFake.Place(chat, .general), closedTopic)]
        case 1: return [(topic, closedTopic)]
        default: return [(topic, lostTopic)]
        }
    }

    /// Refuses a poll, and asks for an address whose message has no answer.
    private func disturb(_ generator: inout SeededGenerator) async throws {
        let refusals = [
            TelegramRefusal(401, "Unauthorized"), TelegramRefusal(404, "Not Found"), Self.wait,
        ]
        await fake.fail("getUpdates", .refuse(refusals.randomElement(using: &generator) ?? Self.wait))
        await fake.fail("setMyCommands", .refuse(Self.wait))
        let losses: [BotAPIFake.Fault] = [.loseAnswer, .cut(afterDoing: true)]
        let loss = losses.randomElement(using: &generator) ?? .loseAnswer
        await fake.fail("sendMessage", loss, containing: SecretCheck.words)
        let admin = CrashChat.plain.randomElement(using: &generator) ?? CrashChat.crowd
        await admin.say("/register \(SecretCheck.topic)", to: fake)
    }

    private func pause(_ milliseconds: ClosedRange<Int>, _ generator: inout SeededGenerator) async throws {
        let time = Int.random(in: milliseconds, using: &generator)
        try await ContinuousClock().sleep(for: .milliseconds(time))
    }
}
