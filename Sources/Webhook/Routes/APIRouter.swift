package import Hummingbird
package import Jobs
package import Logging

/// Makes a token with which a worker can store one blob of `size` bytes at the publisher.
package typealias PublisherTokenMaker = @Sendable (_ size: Int) throws -> String

/// The bot's HTTP interface for scripts and workers.
///
/// Every change is stored before the response is sent.
package enum APIRouter {
    /// Makes a router with all routes of the bot.
    ///
    /// - Parameters:
    ///   - queue: The job queue from which workers get their jobs.
    ///   - limits: The limits of requests.
    ///   - health: What `GET /health` tells.
    ///   - publisherToken: Makes tokens for the publisher; nil if the publisher requires no tokens.
    ///   - images: The path of the folder in which images are published; nil: without the route for images.
    ///   - files: Passes files between chats and workers; nil: without the routes for files.
    ///   - publicURL: The URL at which others reach the routes, for the OpenAPI document; nil if it is not known.
    ///   - attachments: Stores files that scripts post; nil: posts cannot have files.
    ///   - logger: Logs failures of the bot.
    /// - Returns: a router to which other routes may be added.
    package static func make(
        queue: JobQueue,
        limits: APILimits = APILimits(),
        health: Health,
        publisherToken: PublisherTokenMaker? = nil,
        images: String? = nil,
        files: FileExchange? = nil,
        publicURL: String? = nil,
        attachments: AttachmentFiles? = nil,
        logger: Logger
    ) -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        let secrets = RateLimiter(perMinute: limits.requestsPerSecret)
        router.add(middleware: RefusalMiddleware(logger: logger))
        let addresses = RateLimiter(perMinute: limits.requestsPerAddress)
        let places = Places(perClient: limits.connectionsPerAddress)
        router.add(
            middleware: AddressLimitMiddleware(limiter: addresses, places: places, now: limits.now)
        )
        HealthRoutes(health: health, now: limits.now).add(to: router)
        let document = OpenAPI.document(server: publicURL)
        router.get("openapi.json") { _, _ in OpenAPI.response(document) }
        JobRoutes(queue: queue, limits: limits, tokens: secrets, publisherToken: publisherToken)
            .add(to: router)
        EnrolmentRoutes(queue: queue, limits: limits, tokens: secrets).add(to: router)
        if let images { ImageRoutes(folder: images).add(to: router) }
        if let files { FileRoutes(queue: queue, files: files).add(to: router) }
        let topics = TopicRoutes(store: queue.store, limits: limits, secrets: secrets, files: attachments)
        topics.add(to: router)
        SequenceRoutes(topics: topics).add(to: router)
        return router
    }
}
