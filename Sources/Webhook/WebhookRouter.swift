package import Hummingbird
package import Jobs
package import Logging

/// Makes a token that opens the publisher for one blob of `size` bytes.
package typealias PublisherTokenMaker = @Sendable (_ size: Int) throws -> String

/// The bot's door for scripts and workers: what is asked here is stored before it is answered.
package enum WebhookRouter {
    /// All routes of the bot's own.
    ///
    /// `publisherToken`: where the publisher asks for tokens. `images`: the folder in which images are published.
    /// `files`: how files pass between a chat and a worker.
    package static func make(
        queue: JobQueue,
        limits: DoorLimits = DoorLimits(),
        publisherToken: PublisherTokenMaker? = nil,
        images: String? = nil,
        files: FileDesk? = nil,
        logger: Logger
    ) -> Router<DoorContext> {
        let router = Router(context: DoorContext.self)
        let secrets = RateLimiter(perMinute: limits.requestsPerSecret)
        router.add(middleware: RefusalMiddleware(logger: logger))
        let addresses = RateLimiter(perMinute: limits.requestsPerAddress)
        router.add(middleware: AddressLimitMiddleware(limiter: addresses, now: limits.now))
        router.get("health") { _, _ in "OK" }
        router.get("openapi.json") { _, _ in try Response.json(OpenAPI.door) }
        JobRoutes(queue: queue, limits: limits, tokens: secrets, publisherToken: publisherToken)
            .add(to: router)
        EnrolmentRoutes(queue: queue, limits: limits, tokens: secrets).add(to: router)
        if let images { ImageRoutes(folder: images).add(to: router) }
        if let files { FileRoutes(queue: queue, desk: files).add(to: router) }
        TopicRoutes(store: queue.store, limits: limits, secrets: secrets).add(to: router)
        return router
    }
}
