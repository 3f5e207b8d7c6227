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
            return try refuse(error)
        } catch JobError.unauthorized {
            return try refuse(.unauthorized)
        } catch JobError.unsupportedProtocol(let version, let supported) {
            let reason = JobError.unsupportedProtocol(version, supported: supported).description
            return try refuse(.unsupportedWorker(reason))
        } catch StoreError.unavailable(let reason) {
            logger.error("the database cannot be written", metadata: ["error": "\(reason)"])
            return try refuse(.unavailable)
        } catch let error as any HTTPResponseError {
            return try refuse(
                error.status,
                code: error.status.reasonPhrase.uppercased().replacing(" ", with: "_"),
                message: error.status.reasonPhrase.lowercased()
            )
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("a request failed", metadata: ["error": "\(error)"])
            return try refuse(
                .internalServerError,
                code: "INTERNAL",
                message: "the bot failed, and its log has the reason: try again later"
            )
        }
    }

    private func refuse(_ error: WebhookError) throws -> Response {
        var response = try refuse(error.status, code: error.code, message: error.description)
        if let seconds = error.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
        return response
    }

    private func refuse(_ status: HTTPResponse.Status, code: String, message: String) throws -> Response {
        let refusal = Refusal(code: code, message: message)
        return try Response.json(refusal, status: status)
    }
}

extension Response {
    /// A response whose body is `value` as JSON, encoded by ``Wire``.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let bytes = try Wire.encode(value)
        return Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
