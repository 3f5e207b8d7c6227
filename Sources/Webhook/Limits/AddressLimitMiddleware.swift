import Foundation
import Hummingbird

/// Limits the requests from each IP address: their rate, so that nobody can try many secrets, and how many are
/// answered at once behind a proxy on this machine.
///
/// The proxy's own connections are not limited, so the clients behind it must be.
struct AddressLimitMiddleware: RouterMiddleware {
    let limiter: RateLimiter
    let places: Places
    let now: @Sendable () -> Date

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if let seconds = limiter.wait(for: Data(context.origin(of: request).utf8), at: now()) {
            throw WebhookError.tooOften(retryAfter: seconds)
        }
        guard let client = context.forwardedOrigin(of: request) else {
            return try await next(request, context)
        }
        guard places.take(for: client) else { throw WebhookError.tooManyAtOnce }
        defer { places.free(for: client) }
        return try await next(request, context)
    }
}
