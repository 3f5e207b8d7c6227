import HTTPTypes
import Hummingbird

/// Answers requests for what is not there in Walrus' own form.
struct UnknownRoutes<Context: RequestContext>: RouterMiddleware {
    /// What the paths begin with that are ours.
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
