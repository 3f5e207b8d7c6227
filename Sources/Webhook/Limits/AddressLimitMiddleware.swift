import Foundation
import Hummingbird

/// Refuses addresses that send too many requests of any kind, so that nobody can guess a secret by trying.
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
