package import Foundation
package import Logging
import ServiceLifecycle
package import Store

/// Asks for the price of runs that cost money, so that an admin can agree to it before it is spent.
package struct Pricer: Service {
    private let store: SQLiteStore
    private let logger: Logger
    private let clock: any Clock<Duration>
    private static let interval = Duration.seconds(2)
    private let price: @Sendable () async throws -> Double?

    /// `price` gives the price of one run, in dollars; nil where the bot rents nothing.
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
            // Shut down: the rows say which jobs the next start must price.
        }
    }

    /// Asks for the price once, and saves it with all jobs that wait for it.
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
            logger.warning("the price of a run is unknown", metadata: ["error": "\(error)"])
        }
    }
}
