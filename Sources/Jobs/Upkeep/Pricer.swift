package import Foundation
package import Logging
import ServiceLifecycle
package import Store

/// Gets the price of runs that cost money, so that an admin can agree to the price before the runs start.
package struct Pricer: Service {
    private let store: SQLiteStore
    private let logger: Logger
    private let clock: any Clock<Duration>
    private static let interval = Duration.seconds(2)
    private let price: @Sendable () async throws -> Double?

    /// `price` returns the price of one run, in dollars; nil if the bot rents no machines.
    package init(
        store: SQLiteStore,
        logger: Logger,
        clock: any Clock<Duration> = ContinuousClock(),
        price: @escaping @Sendable () async throws -> Double?
    ) {
        (self.store, self.logger, self.clock, self.price) = (store, logger, clock, price)
    }

    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    await priceWaitingJobs()
                    try await clock.sleep(for: Self.interval)
                }
            }
        } catch is CancellationError {
            // The bot is shutting down. After its next start, it gets the missing prices.
        }
    }

    /// Gets the price of one run, and saves it for all waiting jobs that have no price.
    package func priceWaitingJobs(now: Date = Date()) async {
        do {
            let waiting = try await store.read { try $0.unpricedJobs() }.map(\.id)
            guard !waiting.isEmpty, let price = try await price() else { return }
            try await store.write { transaction in
                for id in waiting {
                    guard let job = try transaction.job(id), job.awaitsConsent, !job.state.isTerminal else {
                        continue
                    }
                    try transaction.transition(job, by: .priced(price), at: now)
                }
            }
        } catch {
            logger.warning("cannot get the price of a run", metadata: ["error": "\(error)"])
        }
    }
}
