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
        var logger = Logger(label: "okaibot") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = settings.logLevel
        let api = BotAPI(token: token, server: settings.telegramURL)
        let files = TelegramFiles(api: api.withOwnConnections())
        let bot = try Bot(settings: settings, logger: logger, files: { try await files.open($0) })
        try await printAdminCode(bot)
        try await bot.run { [logger] port in
            logger.info("listening", metadata: ["host": "\(settings.host)", "port": "\(port)"])
            let me = try await greetTelegram(api, logger: logger)
            var policy = bot.policy(port: port)
            policy.botName = me.username
            policy.fileLimit = ChatFile.telegramLimit
            let surface = TelegramSurface(api: api, logger: logger)
            return [
                Courier(
                    store: bot.store,
                    surface: surface,
                    policy: policy,
                    painter: bot.painter,
                    kept: settings.kept,
                    logger: logger
                ),
                TelegramInbox(
                    poller: UpdatePoller(api: api, logger: logger),
                    conversation: Conversation(store: bot.store, policy: policy),
                    surface: surface,
                    logger: logger,
                    lastUpdate: try await bot.store.read { try $0.lastUpdate() }
                ),
            ]
        }
    }

    /// Gets the bot's own name from Telegram, and sets the menu of commands.
    ///
    /// After an error, tries again; the waits between tries grow to 30 seconds.
    ///
    /// - Throws: ``TelegramError/unauthorized`` if Telegram does not accept the token.
    private func greetTelegram(_ api: BotAPI, logger: Logger) async throws -> User {
        var wait = Duration.seconds(1)
        while true {
            do {
                let me = try await api.getMe()
                try await api.setMyCommands(
                    CommandWord.allCases.map { BotCommand(command: $0.rawValue, description: $0.summary) }
                )
                logger.info("connected to telegram", metadata: ["bot": "\(me.username ?? me.firstName)"])
                return me
            } catch TelegramError.unauthorized {
                throw TelegramError.unauthorized
            } catch let error as TelegramError {
                logger.warning("the first requests to telegram failed", metadata: ["error": "\(error)"])
                try await ContinuousClock().sleep(for: wait)
                wait = min(wait * 2, .seconds(30))
            }
        }
    }

    /// If the bot has no admin, prints a code.
    ///
    /// The first person who sends the code to the bot becomes an admin.
    private func printAdminCode(_ bot: Bot) async throws {
        guard bot.settings.owners.isEmpty else { return }
        let code = try await bot.store.write { try AdminCode.issue(in: $0) }
        guard let code else { return }
        // `print` would buffer the text if standard output is a file or a pipe.
        let text =
            "This bot has no admin yet. Send it this message in Telegram, once:\n\n    /start \(code)\n\n"
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}
