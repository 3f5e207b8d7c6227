import Hummingbird
import Jobs

/// The route by which enrolled machines ask for a job, with the enrolment token of their image.
struct EnrolmentRoutes {
    let queue: JobQueue
    let limits: APILimits
    let tokens: RateLimiter

    func add(to router: Router<APIContext>) {
        router.post("v1/claim") { request, _ in
            let token = try request.bearer()
            if let seconds = tokens.wait(for: token.hash, at: limits.now()) {
                throw WebhookError.tooOften(retryAfter: seconds)
            }
            guard let enrolment = try await queue.enrol(token: token) else {
                return Response(status: .noContent)
            }
            return try .json(enrolment)
        }
    }
}
