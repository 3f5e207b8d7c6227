import Hummingbird
import Jobs

/// Where machines that were told nothing but their image's token ask for a job.
struct EnrolmentRoutes {
    let queue: JobQueue
    let limits: DoorLimits
    let tokens: RateLimiter

    func add(to router: Router<DoorContext>) {
        router.post("v1/claim") { request, _ in
            let token = try request.bearer()
            if let seconds = tokens.take(token.hash, at: limits.now()) {
                throw WebhookError.tooOften(retryAfter: seconds)
            }
            guard let enrolment = try await queue.enrol(token: token) else {
                return Response(status: .noContent)
            }
            return try .json(enrolment)
        }
    }
}
