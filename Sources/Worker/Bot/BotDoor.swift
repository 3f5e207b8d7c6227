import Contract
import HTTP
import HTTPTypes

/// The bot's HTTP interface: what is posted and answered as JSON, opened by a token.
struct BotDoor: Sendable {
    let bot: BaseURL
    let http: HTTPClient

    /// Short, so that a bot which hangs is asked again while the lease lasts.
    private static let timeouts = TransferTimeouts(
        connect: .seconds(5),
        total: .seconds(20),
        idle: .seconds(10)
    )

    /// Asks for a job; nil where none waits.
    ///
    /// - Throws: ``BotError``.
    func enrol(token: String) async throws -> Enrolment? {
        let (response, bytes) = try await send("/v1/claim", [:] as [String: String], token: token)
        return response.status == .noContent ? nil : try answer(response, bytes)
    }

    /// Posts `body` and reads the answer.
    ///
    /// - Throws: ``BotError``.
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
                // Something between bot and worker, such as a proxy's page: the bot would have said what is agreed.
                throw BotError.away("the answer is not the bot's")
            }
        case 401 where isRefusal(bytes):
            throw BotError.refused(status: response.status.code)
        default:
            // A proxy's word, or a bot in trouble: neither says that the job is not ours any more.
            throw BotError.away("status \(response.status.code)")
        }
    }

    /// Whether the bot itself refuses, in the form that is agreed.
    private func isRefusal(_ bytes: [UInt8]) -> Bool {
        do {
            _ = try Wire.decode(Refusal.self, from: bytes)
            return true
        } catch {
            return false
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
            throw BotError.away(error.message)
        }
    }
}
