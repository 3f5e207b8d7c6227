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
