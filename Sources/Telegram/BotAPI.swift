import Contract
import Foundation
package import HTTP
import HTTPTypes

/// A client of Telegram's Bot API 10.3, with the methods that this bot uses (<https://core.telegram.org/bots/api>).
package struct BotAPI: Sendable {
    private let token: BotToken
    private let server: BaseURL
    private let http: HTTPClient
    package init(token: BotToken, server: BaseURL, http: HTTPClient = HTTPClient()) {
        self.token = token
        self.server = server
        self.http = http
    }

    /// A client for the same bot, with a new connection pool.
    package func withOwnConnections() -> BotAPI {
        BotAPI(token: token, server: server)
    }

    /// Calls `method` with `parameters` as JSON.
    ///
    /// Use a fresh connection for a call that must not be repeated. If a pooled connection breaks, the client cannot
    /// tell whether Telegram executed the call.
    ///
    /// - Throws: ``TelegramError``; `CancellationError`; `EncodingError` if `parameters` cannot be encoded.
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
            headers: [.contentType: "application/json"],
            timeouts: timeouts,
            connection: connection
        )
    }

    /// Calls `method` with an encoded body.
    func post<Result: Decodable>(
        _ method: String,
        _ body: RequestBody,
        headers: HTTPFields = [:],
        timeouts: TransferTimeouts = .standard,
        connection: ConnectionChoice = .pooled
    ) async throws -> Result {
        let request = server.request(
            .post,
            "/bot\(token.text)/\(method)",
            headers: headers
        )
        let (response, bytes) = try await send(request, body, timeouts, connection)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let answer: Answer<Result>
        do {
            answer = try decoder.decode(Answer<Result>.self, from: Data(bytes))
        } catch {
            // The body probably comes from a proxy, not from Telegram. Only the status and the headers can be used.
            guard response.status.code >= 400 else {
                throw TelegramError.outcomeUnknown("the response is not the expected JSON")
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

    /// Whether the server is api.telegram.org; false for a local Bot API server.
    var isOfficialServer: Bool { "\(server)".contains("//api.telegram.org") }

    /// Starts the download of the file at `path` on the server; nil if the server has no such file.
    func download(_ path: String) async throws -> (HTTPResponse, ResponseBody)? {
        let request = server.request(.get, "/file/bot\(token.text)/\(path)")
        do {
            let (response, chunks) = try await http.open(request)
            switch response.status.code {
            case 200: return (response, chunks)
            case 404: return nil
            case 429: throw TelegramError.retryAfter(seconds: response.retryAfter ?? 1)
            case let status:
                // A server that is busy says for how long.
                if let seconds = response.retryAfter { throw TelegramError.retryAfter(seconds: seconds) }
                throw TelegramError.server(status)
            }
        } catch let error as TransferError {
            throw TelegramError.notSent(error.message)
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
            if error.kind == .file { throw TelegramError.unreadableFile(error.message) }
            throw error.requestMayHaveArrived
                ? TelegramError.outcomeUnknown(error.message) : TelegramError.notSent(error.message)
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
    /// The value of `Retry-After`, in seconds; nil if the response has none.
    fileprivate var retryAfter: Int? { headerFields[.retryAfter].flatMap { Int($0) } }
}
