import Contract
import HTTP
import HTTPTypes

/// The worker's side of the bot's HTTP interface.
struct BotClient: Sendable {
    let bot: BaseURL
    let job: Int64
    let http: HTTPClient

    /// Short, so that a bot which hangs is asked again while the lease lasts.
    private static let timeouts = TransferTimeouts(
        connect: .seconds(5),
        total: .seconds(20),
        idle: .seconds(10)
    )

    /// Claims the job; to be repeated freely with the same tokens.
    ///
    /// - Throws: ``BotError``.
    func claim(launchToken: String, leaseToken: String) async throws -> Assignment {
        try await post("claim", ClaimRequest(leaseToken: leaseToken), token: launchToken)
    }

    /// Reports events; to be repeated freely.
    ///
    /// - Throws: ``BotError``.
    func report(_ batch: EventBatch, leaseToken: String) async throws -> EventReply {
        try await post("events", batch, token: leaseToken)
    }

    /// A token with which the publisher takes one blob of `size` bytes.
    ///
    /// - Throws: ``BotError``.
    func publisherToken(size: Int, leaseToken: String) async throws -> String {
        let request = PublisherTokenRequest(size: size)
        let answer: PublisherTokenAnswer = try await post("publisher-token", request, token: leaseToken)
        return answer.token
    }

    private func post<Answer: Decodable>(
        _ verb: String,
        _ body: some Encodable,
        token: String
    ) async throws -> Answer {
        let request = bot.request(
            .post,
            "/v1/jobs/\(job)/\(verb)",
            headers: [.authorization: "Bearer \(token)", .contentType: "application/json"]
        )
        let (response, bytes) = try await send(request, body: .bytes(try Wire.encode(body)))
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

    private func send(_ request: HTTPRequest, body: RequestBody) async throws -> (HTTPResponse, [UInt8]) {
        do {
            return try await http.send(request, body: body, timeouts: Self.timeouts)
        } catch let error as TransferError {
            throw BotError.away(error.message)
        }
    }
}

/// Why the bot did not answer as hoped.
enum BotError: RetryableError, Equatable, CustomStringConvertible {
    /// The job is not, or no more, this worker's.
    case refused(status: Int)
    /// Not there right now; to be tried again.
    case away(String)

    var isTemporary: Bool {
        switch self {
        case .refused: false
        case .away: true
        }
    }

    var retryAfter: Duration? { nil }

    var description: String {
        switch self {
        case .refused(let status): "the bot refused with status \(status)"
        case .away(let reason): "the bot cannot be reached: \(reason)"
        }
    }
}
