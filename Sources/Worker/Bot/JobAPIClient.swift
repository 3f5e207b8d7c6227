import Contract
import HTTP
import HTTPTypes

/// Sends the requests about one job to the bot's HTTP interface.
struct JobAPIClient: Sendable {
    let bot: BaseURL
    let job: JobID
    let http: HTTPClient

    /// Claims the job; a repeat with the same tokens gets the same answer.
    ///
    /// - Throws: ``BotAPIError``, `CancellationError`.
    func claim(launchToken: String, leaseToken: String) async throws -> Assignment {
        try await post("claim", ClaimRequest(leaseToken: leaseToken), token: launchToken)
    }

    /// Reports events; a repeat of the same batch changes nothing.
    ///
    /// - Throws: ``BotAPIError``, `CancellationError`.
    func report(_ batch: EventBatch, leaseToken: String) async throws -> EventReply {
        try await post("events", batch, token: leaseToken)
    }

    /// A token with which the publisher accepts one blob of `size` bytes.
    ///
    /// - Throws: ``BotAPIError``, `CancellationError`.
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
        try await BotAPIClient(bot: bot, http: http).post("/v1/jobs/\(job)/\(verb)", body, token: token)
    }
}
