package import Contract
package import Logging

/// Brings updates in by long polling, one at a time and in order, and never gives up.
///
/// The offset is raised only after an update was handled, so that a crash brings it again. Every poll has a time limit of
/// its own, after which the connection is made anew: a poll that hangs for good cannot be.
package struct UpdatePoller: Sendable {
    private let api: BotAPI
    private let logger: Logger
    private let timeout: Duration
    private let clock: any Clock<Duration>

    /// How often an update that cannot be handled is tried, before it is left.
    private static let tries = 5
    private static let longestWait = Duration.seconds(30)
    /// One conflict is what a former poll of our own leaves behind; so many in a row are another program.
    private static let conflictsOfRival = 3

    /// Telegram holds a poll for at most 50 seconds.
    package init(
        api: BotAPI,
        logger: Logger,
        timeout: Duration = .seconds(50),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.api = api
        self.logger = logger
        self.timeout = timeout
        self.clock = clock
    }

    /// Polls from the update after `last` on, until cancelled.
    ///
    /// `rival` is called when another program polls with the same token, each time that this is seen.
    ///
    /// - Throws: ``TelegramError/unauthorized`` when Telegram takes the token no more.
    package func run(
        after last: UpdateID?,
        rival: () async throws -> Void = {},
        handle: (Update) async throws -> Void
    ) async throws {
        var offset = last?.next
        var connection = api.reconnected()
        var (failures, conflicts) = (0, 0)
        while !Task.isCancelled {
            do {
                for update in try await connection.getUpdates(offset: offset, timeout: timeout) {
                    try await deliver(update, to: handle)
                    offset = update.id.next
                }
                (failures, conflicts) = (0, 0)
            } catch TelegramError.unauthorized {
                throw TelegramError.unauthorized
            } catch let error as TelegramError {
                failures += 1
                conflicts = error.isRivalry ? conflicts + 1 : 0
                if conflicts == Self.conflictsOfRival { try await rival() }
                connection = api.reconnected()
                try await recover(from: error, failures: failures)
            }
        }
    }

    /// Hands over one update; one that nobody can handle is logged and left, so that those behind it get their turn.
    private func deliver(_ update: Update, to handle: (Update) async throws -> Void) async throws {
        if case .unreadable(let reason) = update.content {
            logger.error(
                "an update is unreadable",
                metadata: ["update.id": "\(update.id)", "error": "\(reason)"]
            )
        }
        for attempt in 1...Self.tries {
            do {
                return try await handle(update)
            } catch let error as CancellationError {
                throw error
            } catch {
                logger.error(
                    "an update failed",
                    metadata: ["update.id": "\(update.id)", "error": "\(error)"]
                )
                try await clock.sleep(for: wait(after: attempt))
            }
        }
    }

    private func recover(from error: TelegramError, failures: Int) async throws {
        switch error {
        case .conflict(let reason) where !error.isRivalry:
            logger.warning("a webhook was set for this bot; it is removed", metadata: ["error": "\(reason)"])
            try? await api.deleteWebhook()  // the next poll tells whether it went
        case .conflict(let reason):
            let level: Logger.Level = failures > 10 ? .error : .warning
            logger.log(
                level: level,
                "another program polls with this bot's token",
                metadata: ["error": "\(reason)"]
            )
        default:
            logger.warning("a poll failed", metadata: ["error": "\(error)"])
        }
        if case .retryAfter(let seconds) = error { return try await clock.sleep(for: .seconds(seconds)) }
        try await clock.sleep(for: wait(after: failures))
    }

    private func wait(after failures: Int) -> Duration {
        min(.seconds(1) * (1 << min(failures - 1, 5)), Self.longestWait) * Double.random(in: 0.5...1)
    }
}

extension TelegramError {
    /// Whether somebody else polls; else a webhook stands in the way.
    fileprivate var isRivalry: Bool {
        if case .conflict(let reason) = self { !reason.lowercased().contains("webhook") } else { false }
    }
}
