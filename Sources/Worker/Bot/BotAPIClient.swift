import Contract
import HTTP
import HTTPTypes

/// The bot's HTTP interface: JSON requests and JSON answers, authorised by a bearer token.
struct BotAPIClient: Sendable {
    let bot: BaseURL
    let http: HTTPClient

    /// Short, so that a request to a bot that hangs is repeated before the lease runs out.
    private static let timeouts = TransferTimeouts(
        connect: .seconds(5),
        total: .seconds(20),
        idle: .seconds(10)
    )

    /// Asks for a job with an enrolment token; nil if no job is available.
    ///
    /// - Throws: ``BotAPIError``, `CancellationError`.
    func enrol(token: String) async throws -> Enrolment? {
        let (response, bytes) = try await send("/v1/claim", [:] as [String: String], token: token)
        return response.status == .noContent ? nil : try answer(response, bytes)
    }

    /// Posts `body` as JSON and decodes the answer.
    ///
    /// - Throws: ``BotAPIError``, `CancellationError`.
    func post<Answer: Decodable>(_ path: String, _ body: some Encodable, token: String) async throws -> Answer
    {
        let (response, bytes) = try await send(path, body, token: token)
        return try answer(response, bytes)
    }

    private func answer<Answer: Decodable>(_ response: HTTPResponse, _ bytes: [UInt8]) throws -> Answer {
        switch response.status.code {
        case 200:
            do {
                return try Wire.decode(Answer.self, from: bytes)
            } catch {
                // Another server answered, such as a proxy with an error page.
                throw BotAPIError.unavailable("status 200 with a body that is not the bot's")
            }
        case 401:
            // If the body is not a refusal from the bot, a proxy sent the status; see below.
            if let refusal = refusal(bytes) { throw BotAPIError.refused(refusal.error.message) }
        default: break
        }
        // The status comes from a proxy, or the bot has a fault: the lease may still be valid.
        throw BotAPIError.unavailable("status \(response.status.code)")
    }

    /// The body as a refusal of the bot; nil for a body of any other form.
    private func refusal(_ bytes: [UInt8]) -> Refusal? {
        do {
            return try Wire.decode(Refusal.self, from: bytes)
        } catch {
            return nil
        }
    }

    private func send(_ path: String, _ body: some Encodable, token: String) async throws
        -> (HTTPResponse, [UInt8])
    {
        let request = bot.request(
            .post,
            path,
            headers: [.authorization: "Bearer \(token)", .contentType: "application/json"]
        )
        let bytes = try Wire.encode(body)
        do {
            return try await http.send(request, body: .bytes(bytes), timeouts: Self.timeouts)
        } catch let error as TransferError {
            throw BotAPIError.unavailable(error.message)
        }
    }
}
