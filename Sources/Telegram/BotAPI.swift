import Contract
import Foundation
package import HTTP
import HTTPTypes

/// Telegram's Bot API, as far as this bot needs it (10.3, <https://core.telegram.org/bots/api>).
package struct BotAPI: Sendable {
    private let token: BotToken
    private let server: BaseURL
    private let http: HTTPClient

    package init(token: BotToken, server: BaseURL, http: HTTPClient = HTTPClient()) {
        self.token = token
        self.server = server
        self.http = http
    }

    /// The same bot over connections of its own.
    package func reconnected() -> BotAPI {
        BotAPI(token: token, server: server)
    }

    /// Calls `method` with `parameters` as JSON.
    ///
    /// What must not be done twice goes over a fresh connection: on one that has died meanwhile, nobody could tell
    /// whether it was done.
    ///
    /// - Throws: ``TelegramError``, or cancellation.
    func call<Result: Decodable>(
        _ method: String,
        _ parameters: some Encodable,
        timeouts: TransferTimeouts = .standard,
        connection: ConnectionChoice = .pooled
    ) async throws -> Result {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = Array(try encoder.encode(parameters))
        return try await post(
            method,
            .bytes(body),
            contentType: "application/json",
            timeouts: timeouts,
            connection: connection
        )
    }

    /// Calls `method` with a body that is encoded already.
    func post<Result: Decodable>(
        _ method: String,
        _ body: RequestBody,
        contentType: String,
        timeouts: TransferTimeouts = .standard,
        connection: ConnectionChoice = .pooled
    ) async throws -> Result {
        let request = server.request(
            .post,
            "/bot\(token.text)/\(method)",
            headers: [.contentType: contentType]
        )
        let (response, bytes) = try await send(request, body, timeouts, connection)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let answer: Answer<Result>
        do {
            answer = try decoder.decode(Answer<Result>.self, from: Data(bytes))
        } catch {
            // A proxy's page, or half an answer: the status is all there is.
            guard response.status.code >= 400 else {
                throw TelegramError.unknownFate("its answer is unreadable")
            }
            if let seconds = response.retryAfter { throw TelegramError.retryAfter(seconds: seconds) }
            guard response.status != .contentTooLarge else { throw TelegramError.fileTooLarge }
            throw TelegramError.server(response.status.code)
        }
        if answer.ok, let result = answer.result { return result }
        throw TelegramError(
            status: answer.errorCode ?? response.status.code,
            description: answer.description ?? "",
            retryAfter: answer.parameters?.retryAfter ?? response.retryAfter,
            migratedTo: answer.parameters?.migrateToChatId
        )
    }

    /// Whether the server is Telegram's own, and not one's own.
    var isTelegrams: Bool { "\(server)".contains("//api.telegram.org") }

    /// Begins to read what lies at `path` of Telegram's files; nil where nothing does.
    func download(_ path: String) async throws -> (HTTPResponse, ResponseBody)? {
        let request = server.request(.get, "/file/bot\(token.text)/\(path)")
        do {
            let (response, chunks) = try await http.open(request)
            switch response.status.code {
            case 200: return (response, chunks)
            case 404: return nil
            case let status: throw TelegramError.server(status)
            }
        } catch let error as TransferError {
            throw TelegramError.neverSent(error.message)
        }
    }

    private func send(
        _ request: HTTPRequest,
        _ body: RequestBody,
        _ timeouts: TransferTimeouts,
        _ connection: ConnectionChoice
    ) async throws -> (HTTPResponse, [UInt8]) {
        do {
            return try await http.send(request, body: body, timeouts: timeouts, connection: connection)
        } catch let error as TransferError {
            throw error.requestMayHaveArrived
                ? TelegramError.unknownFate(error.message) : TelegramError.neverSent(error.message)
        }
    }

    private struct Answer<Result: Decodable>: Decodable {
        struct Parameters: Decodable {
            let retryAfter: Int?
            let migrateToChatId: ChatID?
        }

        let ok: Bool
        let result: Result?
        let errorCode: Int?
        let description: String?
        let parameters: Parameters?
    }
}

extension HTTPResponse {
    fileprivate var retryAfter: Int? { headerFields[.retryAfter].flatMap { Int($0) } }
}
