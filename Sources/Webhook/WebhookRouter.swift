package import Hummingbird
package import Jobs

/// Makes a token that opens the publisher for one blob of `size` bytes.
package typealias PublisherTokenMaker = @Sendable (_ size: Int) throws -> String

/// The bot's door for scripts and workers: what is asked here is stored before it is answered.
package enum WebhookRouter {
    package typealias Context = BasicRequestContext

    /// All routes of the bot's own; `bodyLimit` in bytes.
    ///
    /// `publisherToken`: where the publisher asks for tokens.
    package static func make(
        queue: JobQueue,
        bodyLimit: Int,
        publisherToken: PublisherTokenMaker? = nil
    ) -> Router<Context> {
        let router = Router(context: Context.self)
        router.add(middleware: RefusalMiddleware())
        router.get("health") { _, _ in "OK" }
        JobRoutes(queue: queue, bodyLimit: bodyLimit, publisherToken: publisherToken).add(to: router)
        TopicRoutes(store: queue.store, bodyLimit: bodyLimit).add(to: router)
        return router
    }
}
