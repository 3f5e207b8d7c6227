import Contract
import Hummingbird
import Jobs

/// Where workers claim their job and report of it.
struct JobRoutes {
    let queue: JobQueue
    let bodyLimit: Int
    let publisherToken: PublisherTokenMaker?

    func add(to router: Router<WebhookRouter.Context>) {
        router.post("v1/jobs/:id/claim", use: claim)
        router.post("v1/jobs/:id/events", use: report)
        router.post("v1/jobs/:id/publisher-token", use: givePublisherToken)
    }

    @Sendable private func claim(_ request: Request, context: WebhookRouter.Context) async throws -> Response
    {
        let launchToken = try request.bearer()
        let claim = try await request.decode(ClaimRequest.self, upTo: bodyLimit)
        let assignment = try await queue.claim(
            try job(in: context),
            launchToken: launchToken,
            leaseToken: Secret(claim.leaseToken)
        )
        return try .json(assignment)
    }

    @Sendable private func report(_ request: Request, context: WebhookRouter.Context) async throws -> Response
    {
        let leaseToken = try request.bearer()
        let batch = try await request.decode(EventBatch.self, upTo: bodyLimit)
        return try .json(try await queue.report(batch, of: try job(in: context), leaseToken: leaseToken))
    }

    /// Gives a worker what opens the publisher for one blob; the secret behind it stays here.
    @Sendable private func givePublisherToken(
        _ request: Request,
        context: WebhookRouter.Context
    ) async throws -> Response {
        try await queue.authorize(try job(in: context), leaseToken: try request.bearer())
        let put = try await request.decode(PublisherTokenRequest.self, upTo: bodyLimit)
        guard let publisherToken else { throw WebhookError.notFound }
        return try .json(PublisherTokenAnswer(token: try publisherToken(put.size)))
    }

    /// The job's id; one that is no number is as unknown as any other.
    private func job(in context: WebhookRouter.Context) throws -> Int64 {
        guard let id = context.parameters.get("id", as: Int64.self) else { throw WebhookError.unauthorized }
        return id
    }
}
