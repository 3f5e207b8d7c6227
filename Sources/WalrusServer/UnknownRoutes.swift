import HTTPTypes
import Hummingbird

/// Answers requests for unknown routes with an error in Walrus' format.
struct UnknownRoutes<Context: RequestContext>: RouterMiddleware {
    /// The prefix of the paths of Walrus.
    ///
    /// Errors for other paths are not changed.
    let prefix: String

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound && request.uri.path.hasPrefix(prefix) {
            return try WireError.unknownRoute("\(request.method) \(request.uri.path)").response
        }
    }
}
