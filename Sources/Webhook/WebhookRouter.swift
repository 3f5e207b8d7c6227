package import Hummingbird
package import Jobs

/// The bot's door for scripts and workers: what is asked here is stored before it is answered.
package enum WebhookRouter {
    package typealias Context = BasicRequestContext

    /// All routes of the bot's own; `bodyLimit` in bytes.
    package static func make(queue: JobQueue, bodyLimit: Int) -> Router<Context> {
        let router = Router(context: Context.self)
        router.add(middleware: RefusalMiddleware())
        router.get("health") { _, _ in "OK" }
        JobRoutes(queue: queue, bodyLimit: bodyLimit).add(to: router)
        TopicRoutes(store: queue.store, bodyLimit: bodyLimit).add(to: router)
        return router
    }
}
