import Foundation
import Hummingbird

/// Limits the rate of requests from each IP address, so that nobody can try many secrets.
struct AddressLimitMiddleware: RouterMiddleware {
    let limiter: RateLimiter
    let now: @Sendable () -> Date

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if let seconds = limiter.wait(for: Data(context.origin(of: request).utf8), at: now()) {
            throw WebhookError.tooOften(retryAfter: seconds)
        }
        return try await next(request, context)
    }
}
