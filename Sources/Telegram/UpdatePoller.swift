package import Contract
package import Logging

/// Receives updates by long polling and handles them one at a time, in order.
///
/// A failed poll is repeated without limit. Only a bot token that Telegram refuses again and again ends the polling.
///
/// An update is confirmed only after it was handled or skipped, so after a crash Telegram sends an unfinished update
/// again. Every poll has a time limit. After a failed poll, the next poll uses a new connection.
package struct UpdatePoller: Sendable {
    private let api: BotAPI
    private let logger: Logger
    private let health: PollHealth
    private let timeout: Duration
    private let clock: any Clock<Duration>

    /// The number of attempts to handle an update before the update is skipped.
    private static let maxAttempts = 5
    private static let longestWait = Duration.seconds(30)
    /// The number of conflicts in a row after which another program is assumed to poll.
    ///
    /// A single conflict may come from an earlier poll of this bot.
    private static let conflictsOfOtherPoller = 3

    /// Creates a poller, which keeps `health` up to date; Telegram limits `timeout` to 50 seconds.
    package init(
        api: BotAPI,
        logger: Logger,
        health: PollHealth = PollHealth(),
        timeout: Duration = .seconds(50),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.api = api
        self.logger = logger
        self.health = health
        self.timeout = timeout
        self.clock = clock
    }

    /// Polls until the task is cancelled, beginning with the update after `last`.
    ///
    /// `onConflict` is called after ``conflictsOfOtherPoller`` conflicts in a row, because then another program polls
    /// with the same token.
    ///
    /// - Throws: ``TelegramError/unauthorized`` if Telegram has refused the token as often as ``TokenRefusals`` says;
    ///   `CancellationError`; the errors of `onConflict`.
    package func run(
        after last: UpdateID?,
        onConflict: () async throws -> Void = {},
        handle: (Update) async throws -> Void
    ) async throws {
        var offset = last?.next
        var connection = api.withOwnConnections()
        var (failures, conflicts, refusals) = (0, 0, TokenRefusals())
        while !Task.isCancelled {
            do {
                let updates = try await connection.getUpdates(offset: offset, timeout: timeout)
                health.polled()
                refusals.accept()
                for update in updates {
                    try await pass(update, to: handle)
                    offset = update.id.next
                }
                (failures, conflicts) = (0, 0)
            } catch let error as TelegramError {
                health.failed("\(error)")
                if error == .unauthorized, refusals.refuse() { throw error }
                failures += 1
                conflicts = error.isOtherPoller ? conflicts + 1 : 0
                if conflicts == Self.conflictsOfOtherPoller { try await onConflict() }
                connection = api.withOwnConnections()
                refusals.wait(try await recover(from: error, failures: failures))
            }
        }
    }

    /// Passes one update to `handle`.
    ///
    /// If an attempt fails, the error is logged and the attempt is repeated. After ``maxAttempts`` failures, the update
    /// is skipped, so that later updates are handled.
    private func pass(_ update: Update, to handle: (Update) async throws -> Void) async throws {
        if case .unreadable(let reason) = update.content {
            logger.error(
                "an update is unreadable",
                metadata: ["update.id": "\(update.id)", "error": "\(reason)"]
            )
        }
        for attempt in 1...Self.maxAttempts {
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

    /// Logs the error and waits before the next poll; returns the wait.
    private func recover(from error: TelegramError, failures: Int) async throws -> Duration {
        switch error {
        case .conflict(let reason) where !error.isOtherPoller:
            logger.warning("a webhook is set for this bot; removing it", metadata: ["error": "\(reason)"])
            try? await api.deleteWebhook()  // if this fails, the next poll fails with a conflict again
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
        let wait: Duration
        if case .retryAfter(let seconds) = error {
            wait = .seconds(seconds)
        } else {
            wait = self.wait(after: failures)
        }
        try await clock.sleep(for: wait)
        return wait
    }

    private func wait(after failures: Int) -> Duration {
        min(.seconds(1) * (1 << min(failures - 1, 5)), Self.longestWait) * Double.random(in: 0.5...1)
    }
}

extension TelegramError {
    /// Whether the error is a conflict with another program that polls with the token, not with a webhook.
    fileprivate var isOtherPoller: Bool {
        if case .conflict(let reason) = self { !reason.lowercased().contains("webhook") } else { false }
    }
}
