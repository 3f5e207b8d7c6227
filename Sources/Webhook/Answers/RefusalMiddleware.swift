import Contract
import HTTPTypes
import Hummingbird
import Jobs
import Logging
import Store

/// Converts errors into responses with a ``Refusal`` as JSON, without internal details of unexpected errors.
struct RefusalMiddleware<Context: RequestContext>: RouterMiddleware {
    let logger: Logger

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as WebhookError {
            return try .refusal(error)
        } catch let error as DelayError {
            return try .refusal(.badDelay(error.description))
        } catch AttachmentError.tooLarge(let limit) {
            return try .refusal(.fileTooLarge(limit: limit))
        } catch AttachmentError.diskFull(let reserve) {
            return try .refusal(.diskFull(reserve: reserve))
        } catch JobError.unauthorized {
            return try .refusal(.unauthorized)
        } catch JobError.unsupportedProtocol(let version, let supported) {
            let reason = JobError.unsupportedProtocol(version, supported: supported).description
            return try .refusal(.unsupportedWorker(reason))
        } catch StoreError.unavailable(let reason) {
            logger.error("the database cannot be written", metadata: ["error": "\(reason)"])
            return try .refusal(.unavailable)
        } catch let error as HTTPError where error.status == .notFound {
            return try .refusal(.notFound)
        } catch let error as any HTTPResponseError {
            return try .refusal(
                error.status,
                code: error.status.reasonPhrase.uppercased().replacing(" ", with: "_"),
                message: error.status.reasonPhrase.lowercased()
            )
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("a request failed", metadata: ["error": "\(error)"])
            return try .refusal(
                .internalServerError,
                code: "INTERNAL",
                message: "the bot failed, and its log has the reason: try again later"
            )
        }
    }
}
