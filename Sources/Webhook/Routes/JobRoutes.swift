import Contract
import Foundation
import Hummingbird
import Jobs

/// The routes by which workers claim their job, report events and get tokens for the publisher.
struct JobRoutes {
    let queue: JobQueue
    let limits: APILimits
    let tokens: RateLimiter
    let publisherToken: PublisherTokenMaker?

    func add(to router: Router<APIContext>) {
        router.post("v1/jobs/:id/claim", use: claim)
        router.post("v1/jobs/:id/events", use: report)
        router.post("v1/jobs/:id/publisher-token", use: makePublisherToken)
    }

    @Sendable private func claim(_ request: Request, context: APIContext) async throws -> Response {
        let launchToken = try token(of: request)
        let claim = try await request.decode(ClaimRequest.self, within: limits)
        let assignment = try await queue.claim(
            try job(in: context),
            launchToken: launchToken,
            leaseToken: Secret(claim.leaseToken),
            protocolVersion: claim.protocolVersion
        )
        return try .json(assignment)
    }

    @Sendable private func report(_ request: Request, context: APIContext) async throws -> Response {
        let leaseToken = try token(of: request)
        let batch = try await request.decode(EventBatch.self, within: limits)
        return try .json(try await queue.report(batch, of: try job(in: context), leaseToken: leaseToken))
    }

    /// Makes a token for storing one blob at the publisher.
    ///
    /// Workers never get the publisher's secret.
    @Sendable private func makePublisherToken(_ request: Request, context: APIContext) async throws
        -> Response
    {
        try await queue.authorize(try job(in: context), leaseToken: try token(of: request))
        let put = try await request.decode(PublisherTokenRequest.self, within: limits)
        guard let publisherToken else { throw WebhookError.notFound }
        return try .json(PublisherTokenAnswer(token: try publisherToken(put.size)))
    }

    /// The request's token.
    ///
    /// - Throws: ``WebhookError/unauthorized`` if the request has no token; ``WebhookError/tooOften(retryAfter:)`` if
    ///   the token was used too often.
    private func token(of request: Request) throws -> Secret {
        let token = try request.bearer()
        if let seconds = tokens.wait(for: token.hash, at: limits.now()) {
            throw WebhookError.tooOften(retryAfter: seconds)
        }
        return token
    }

    /// The job's id in the path.
    ///
    /// - Throws: ``WebhookError/unauthorized`` if the id is not a number; an unknown id has the same error.
    private func job(in context: APIContext) throws -> JobID {
        guard let id = context.job else { throw WebhookError.unauthorized }
        return id
    }
}
