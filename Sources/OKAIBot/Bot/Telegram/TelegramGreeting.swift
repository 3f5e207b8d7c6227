import Commands
import Logging
import ServiceLifecycle
import Store
import Telegram

/// Asks Telegram for the bot's own name, then keeps the menus of commands up to date.
///
/// Both are ornament: the bot polls and answers meanwhile, and no error ends it.
struct TelegramGreeting: Service {
    let api: BotAPI
    let name: BotName
    let store: SQLiteStore
    let menu: TelegramMenu
    let logger: Logger
    var clock: any Clock<Duration> = ContinuousClock()

    private static let longestWait = Duration.seconds(600)
    /// The time between two looks at the members, whose roles the menus follow.
    private static let menuInterval = Duration.seconds(10)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await patiently("the bot's name", askForName)
            while !Task.isCancelled {
                await patiently("the menus of commands", menu.update)
                try? await clock.sleep(for: Self.menuInterval)  // cancelled: the loop ends
            }
        }
        // The end of this service would end the others.
        try? await gracefulShutdown()
    }

    /// Asks once for the name, if no earlier start has stored it, and waits at most 3 seconds for the answer.
    ///
    /// Without the name, the first updates could not be told from commands for other bots of a group.
    func askForUnknownName() async {
        guard name.current == nil else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await askForName() }  // ``run()`` asks again
            group.addTask { try? await clock.sleep(for: .seconds(3)) }
            await group.next()
            group.cancelAll()
        }
    }

    private func askForName() async throws {
        let me = try await api.getMe()
        logger.info("connected to telegram", metadata: ["bot": "\(me.username ?? me.firstName)"])
        await name.learn(me.username, in: store, logger: logger)
    }

    /// Repeats the call until it succeeds, Telegram rejects it for good, or the task is cancelled.
    ///
    /// Waits as long as Telegram asks for.
    private func patiently(_ subject: String, _ call: () async throws -> Void) async {
        var wait = Duration.seconds(1)
        while !Task.isCancelled {
            do {
                return try await call()
            } catch is CancellationError {
                return
            } catch {
                let isFinal = if case TelegramError.badRequest = error { true } else { false }
                logger.warning(
                    "telegram did not answer as expected",
                    metadata: ["subject": "\(subject)", "error": "\(error)"]
                )
                guard !isFinal else { return }
                var pause = wait * Double.random(in: 0.5...1)
                if case TelegramError.retryAfter(let seconds) = error {
                    pause = max(pause, .seconds(seconds))
                }
                try? await clock.sleep(for: pause)  // cancelled: the loop ends
                wait = min(wait * 2, Self.longestWait)
            }
        }
    }
}
