import ArgumentParser
import Commands
import Contract
import Foundation
import Jobs
import Logging
import ServiceLifecycle
import Store
import Telegram

/// `okaibot serve`: runs the bot in Telegram.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the bot in Telegram, with its HTTP server."
    )

    @OptionGroup var option: SettingsOption

    func run() async throws {
        let settings = try option.settings()
        guard let token = settings.telegramToken else { throw SettingsError.missing(.telegramToken) }
        try settings.checkMachine()
        try settings.checkService()
        var logger = Logger(label: "okaibot") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = settings.logLevel
        let api = BotAPI(token: token, server: settings.telegramURL)
        let files = TelegramFiles(api: api.withOwnConnections())
        let health = PollHealth()
        let bot = try Bot(settings: settings, logger: logger, telegram: health) { try await files.open($0) }
        try await printAdminCode(bot)
        let name = try await BotName(of: token, in: bot.store)
        try await bot.run { [logger] port in
            logger.info("listening", metadata: ["host": "\(settings.host)", "port": "\(port)"])
            var fixed = bot.policy(port: port)
            fixed.fileLimit = ChatFile.telegramLimit
            fixed.currentBotName = { name.current }
            let policy = fixed
            let surface = TelegramSurface(api: api, logger: logger)
            let own = api.withOwnConnections()
            let greeting = TelegramGreeting(
                api: own,
                name: name,
                store: bot.store,
                menu: TelegramMenu(api: own, store: bot.store, owners: settings.owners, logger: logger),
                logger: logger
            )
            await greeting.askForUnknownName()
            return [
                greeting,
                Courier(
                    store: bot.store,
                    surface: surface,
                    policy: policy,
                    painter: bot.painter,
                    kept: settings.kept,
                    logger: logger
                ),
                TelegramInbox(
                    poller: UpdatePoller(api: api, logger: logger, health: health),
                    conversation: { Conversation(store: bot.store, policy: policy) },
                    surface: surface,
                    logger: logger,
                    lastUpdate: try await bot.store.read { try $0.lastUpdate() }
                ),
            ]
        }
    }

    /// If the bot has no admin, prints a code.
    ///
    /// The first person who sends the code to the bot becomes an admin.
    private func printAdminCode(_ bot: Bot) async throws {
        guard bot.settings.owners.isEmpty else { return }
        let code = try await bot.store.write { try AdminCode.issue(in: $0) }
        guard let code else { return }
        do {
            try StandardOutput.append(
                Array(
                    "This bot has no admin yet. Send it this message in Telegram, once:\n\n    /start \(code)\n\n"
                        .utf8
                )
            )
        } catch {
            // The code is a secret, so it must not be logged.
            bot.logger.warning(
                "the code that makes you an admin cannot be shown: set OKAI_ADMINS, or give the bot a standard output",
                metadata: ["error": "\(error)"]
            )
        }
    }
}
