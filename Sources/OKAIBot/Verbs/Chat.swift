import ArgumentParser
import Commands
import Contract
import Foundation
import Glibc
import Logging
import ServiceLifecycle
import Synchronization

/// `okaibot chat`: runs the bot in this terminal.
struct Chat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Talk to the bot in this terminal, without Telegram: Walrus and the workers run on this machine."
    )

    @OptionGroup var option: SettingsOption

    func run() async throws {
        let settings = try chatSettings()
        try settings.checkMachine()
        let log = ChatLog.Screen()
        var logger = Logger(label: "okaibot") { _ in ChatLog(screen: log) }
        logger.logLevel = max(settings.logLevel, .error)
        let bot = try Bot(settings: settings, logger: logger, files: { try TerminalFiles.open($0) })
        let terminal = Terminal.open(historyPath: "\(settings.dataFolder)/history")
        defer { terminal.close() }
        let end = try await converse(
            bot,
            in: terminal,
            files: "\(settings.dataFolder)/files",
            log: log
        )
        log.use(nil)
        terminal.close()
        if terminal.look.isInteractive {
            StandardOutput.writeLine("Goodbye. Open runs continue; the next start shows their results.")
        }
        // Exit, because the thread that reads standard input may still be waiting for a line.
        Glibc.exit(terminal.look.isInteractive ? 0 : end.exitCode)
    }

    /// Runs the bot until the chat ends.
    private func converse(
        _ bot: Bot,
        in terminal: Terminal,
        files: String,
        log: ChatLog.Screen
    ) async throws -> ChatEnd {
        let surface = TerminalSurface(
            look: terminal.look,
            files: files,
            width: { Terminal.columns },
            show: { terminal.show($0, over: $1) }
        )
        if terminal.look.isInteractive {
            surface.greet(Self.greeting)
            if isatty(STDERR_FILENO) == 1 { log.use { surface.say($0) } }
        }
        let end = Mutex(ChatEnd.good)
        try await bot.run { port in
            let policy = bot.policy(port: port)
            return [
                Courier(
                    store: bot.store,
                    surface: surface,
                    policy: policy,
                    painter: bot.painter,
                    logger: bot.logger
                ),
                TerminalChat(
                    conversation: Conversation(store: bot.store, policy: policy),
                    surface: surface,
                    store: bot.store,
                    isInteractive: terminal.look.isInteractive,
                    lines: terminal.lines,
                    ended: { how in end.withLock { $0 = how } }
                ),
            ] + terminal.services
        }
        return end.withLock { $0 }
    }

    /// The settings, changed for the chat in the terminal.
    ///
    /// The chat has the embedded Walrus, a data folder of its own, any free port of this machine, and one owner. It rents
    /// no machines, because they could not reach it.
    private func chatSettings() throws -> Settings {
        var settings = try option.settings()
        settings.dataFolder += "/chat"
        settings.walrus = .embedded
        (settings.host, settings.port, settings.publicURL) = ("127.0.0.1", 0, nil)
        settings.fluence = nil
        settings.owners = [TerminalChat.user]
        return settings
    }

    private static let greeting = """
        OKAI Bot, in this terminal. Paste a Walrus blob ID, or try:

            /train \(Demo.blob)

        /help shows more. A number presses the button with that number. Ctrl-D leaves.

        """
}
