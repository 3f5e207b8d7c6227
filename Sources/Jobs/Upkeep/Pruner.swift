package import Foundation
package import Logging
import ServiceLifecycle
package import Store

/// Deletes old rows and files once an hour, so that they do not fill the disk.
package struct Pruner: Service {
    private let store: SQLiteStore
    private let retention: Retention
    private let logger: Logger
    private let clock: any Clock<Duration>
    private let answers: AnswerFiles?
    private let attachments: AttachmentFiles?

    private static let interval = Duration.seconds(3_600)

    package init(
        store: SQLiteStore,
        retention: Retention = Retention(),
        answers: AnswerFiles? = nil,
        attachments: AttachmentFiles? = nil,
        logger: Logger,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.store = store
        self.retention = retention
        self.answers = answers
        self.attachments = attachments
        self.logger = logger
        self.clock = clock
    }

    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    await prune()
                    try await clock.sleep(for: Self.interval)
                }
            }
        } catch is CancellationError {
            // The bot is shutting down. After its next start, it prunes first.
        }
    }

    package func prune(now: Date = Date()) async {
        answers?.prune(now: now)
        do {
            try await store.write(.batched) { [retention] in try $0.prune(retention, now: now) }
            if let attachments {
                attachments.removeFiles(except: try await store.read { try $0.neededFiles() }, now: now)
            }
        } catch is CancellationError {
            // The bot is shutting down. After its next start, it prunes first.
        } catch {
            logger.error("old rows cannot be deleted", metadata: ["error": "\(error)"])
        }
    }
}
