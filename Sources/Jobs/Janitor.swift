package import Foundation
package import Logging
import ServiceLifecycle
package import Store

/// Once an hour forgets what nobody will ask for any more, so that a bot which is left alone does not fill its disk.
package struct Janitor: Service {
    private let store: SQLiteStore
    private let retention: Retention
    private let logger: Logger
    private let clock: any Clock<Duration>
    private let answers: AnswerShelf?

    package init(
        store: SQLiteStore,
        retention: Retention = Retention(),
        answers: AnswerShelf? = nil,
        logger: Logger,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.store = store
        self.retention = retention
        self.answers = answers
        self.logger = logger
        self.clock = clock
    }

    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    await tidy()
                    try await clock.sleep(for: .seconds(3_600))
                }
            }
        } catch is CancellationError {
            // Shut down: the next start tidies first.
        }
    }

    package func tidy(now: Date = Date()) async {
        answers?.tidy(now: now)
        do {
            try await store.write(.batched) { [retention] in try $0.prune(retention, now: now) }
        } catch is CancellationError {
            // Shut down: the next start tidies first.
        } catch {
            logger.error("old rows cannot be forgotten", metadata: ["error": "\(error)"])
        }
    }
}
