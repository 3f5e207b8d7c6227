package import Foundation
package import Logging
import ServiceLifecycle
package import Store

/// Finds out what runs cost that cost money, so that people can agree to it before it is spent.
package struct Pricer: Service {
    private let store: SQLiteStore
    private let logger: Logger
    private let clock: any Clock<Duration>
    private let price: @Sendable () async throws -> Double?

    /// `price`: of one run, in dollars; nil where nothing can be bought.
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
                    await turn()
                    try await clock.sleep(for: .seconds(2))
                }
            }
        } catch is CancellationError {
            // Shut down: the rows say what the next start has to ask for.
        }
    }

    /// One look at the rows; the service is asked once for all that wait.
    package func turn(now: Date = Date()) async {
        do {
            let waiting = try await store.read { try $0.unpricedJobs() }.compactMap(\.id)
            guard !waiting.isEmpty, let price = try await price() else { return }
            try await store.write { transaction in
                for id in waiting {
                    guard let job = try transaction.job(id), job.awaitsConsent, !job.state.isTerminal else {
                        continue
                    }
                    try transaction.move(job, by: .priced(price), at: now)
                }
            }
        } catch {
            logger.warning("a price cannot be found out", metadata: ["error": "\(error)"])
        }
    }
}
