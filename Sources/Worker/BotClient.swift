import Contract
import HTTP
import HTTPTypes

/// The worker's side of the bot's HTTP interface.
struct BotClient: Sendable {
    let bot: BaseURL
    let job: Int64
    let http: HTTPClient

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
        try await BotDoor(bot: bot, http: http).post("/v1/jobs/\(job)/\(verb)", body, token: token)
    }
}

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
