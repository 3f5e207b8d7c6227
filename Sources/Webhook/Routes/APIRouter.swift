package import Hummingbird
package import Jobs
package import Logging

/// Makes a token with which a worker may put one blob of `size` bytes.
package typealias PublisherTokenMaker = @Sendable (_ size: Int) throws -> String

/// The bot's HTTP interface for scripts and workers: every change is stored before it is answered.
package enum APIRouter {
    /// A router with all routes of the bot.
    ///
    /// `publisherToken` is given where the publisher wants tokens; `images` is the folder in which images are published;
    /// `files` passes files between a chat and a worker.
    package static func make(
        queue: JobQueue,
        limits: APILimits = APILimits(),
        publisherToken: PublisherTokenMaker? = nil,
        images: String? = nil,
        files: FileExchange? = nil,
        logger: Logger
    ) -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        let secrets = RateLimiter(perMinute: limits.requestsPerSecret)
        router.add(middleware: RefusalMiddleware(logger: logger))
        let addresses = RateLimiter(perMinute: limits.requestsPerAddress)
        router.add(middleware: AddressLimitMiddleware(limiter: addresses, now: limits.now))
        router.get("health") { _, _ in "OK" }
        router.get("openapi.json") { _, _ in OpenAPI.response }
        JobRoutes(queue: queue, limits: limits, tokens: secrets, publisherToken: publisherToken)
            .add(to: router)
        EnrolmentRoutes(queue: queue, limits: limits, tokens: secrets).add(to: router)
        if let images { ImageRoutes(folder: images).add(to: router) }
        if let files { FileRoutes(queue: queue, files: files).add(to: router) }
        TopicRoutes(store: queue.store, limits: limits, secrets: secrets).add(to: router)
        return router
    }
}
