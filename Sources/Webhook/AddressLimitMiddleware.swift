import Foundation
import Hummingbird

/// Turns away addresses that ask too often, whatever they ask, so that no secret can be guessed by trying.
struct AddressLimitMiddleware: RouterMiddleware {
    let limiter: RateLimiter
    let now: @Sendable () -> Date

    func handle(
        _ request: Request,
        context: DoorContext,
        next: @concurrent (Request, DoorContext) async throws -> Response
    ) async throws -> Response {
        if let seconds = limiter.take(Data(context.origin(of: request).utf8), at: now()) {
            throw WebhookError.tooOften(retryAfter: seconds)
        }
        return try await next(request, context)
    }
}
