import Contract
import Foundation
import Hummingbird
import Jobs

/// Where workers claim their job and report of it.
struct JobRoutes {
    let queue: JobQueue
    let limits: DoorLimits
    let tokens: RateLimiter
    let publisherToken: PublisherTokenMaker?

    func add(to router: Router<DoorContext>) {
        router.post("v1/jobs/:id/claim", use: claim)
        router.post("v1/jobs/:id/events", use: report)
        router.post("v1/jobs/:id/publisher-token", use: givePublisherToken)
    }

    @Sendable private func claim(_ request: Request, context: DoorContext) async throws -> Response {
        let launchToken = try token(of: request)
        let claim = try await request.decode(ClaimRequest.self, within: limits)
        let assignment = try await queue.claim(
            try job(in: context),
            launchToken: launchToken,
            leaseToken: Secret(claim.leaseToken)
        )
        return try .json(assignment)
    }

    @Sendable private func report(_ request: Request, context: DoorContext) async throws -> Response {
        let leaseToken = try token(of: request)
        let batch = try await request.decode(EventBatch.self, within: limits)
        return try .json(try await queue.report(batch, of: try job(in: context), leaseToken: leaseToken))
    }

    /// Gives a worker what opens the publisher for one blob; the secret behind it stays here.
    @Sendable private func givePublisherToken(_ request: Request, context: DoorContext) async throws
        -> Response
    {
        try await queue.authorize(try job(in: context), leaseToken: try token(of: request))
        let put = try await request.decode(PublisherTokenRequest.self, within: limits)
        guard let publisherToken else { throw WebhookError.notFound }
        return try .json(PublisherTokenAnswer(token: try publisherToken(put.size)))
    }

    /// The token of a request that does not come too often.
    private func token(of request: Request) throws -> Secret {
        let token = try request.bearer()
        if let seconds = tokens.take(token.hash, at: limits.now()) {
            throw WebhookError.tooOften(retryAfter: seconds)
        }
        return token
    }

    /// The job's id; one that is no number is as unknown as any other.
    private func job(in context: DoorContext) throws -> Int64 {
        guard let id = context.parameters.get("id", as: Int64.self) else { throw WebhookError.unauthorized }
        return id
    }
}
