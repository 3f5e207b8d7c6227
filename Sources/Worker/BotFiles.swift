import Contract
import Foundation
import HTTP
import HTTPTypes
import Walrus

/// The files that pass between a worker and the chat, by way of the bot.
struct BotFiles: Sendable {
    let client: BotClient
    let leaseToken: String
    let clock: any Clock<Duration>

    /// A bot that restarts is back before the last try.
    private static let tries = 8

    /// Brings the chat's file into the file at `path`; `onProgress` hears the share that has come, where it is known.
    ///
    /// - Throws: ``FileFault``, or ``BotError`` where the bot is away for long.
    func fetch(to path: String, onProgress: @Sendable (Double) -> Void) async throws {
        try await retryPolicy.run {
            let request = request(.get, "file")
            do {
                let (response, chunks) = try await client.http.open(request)
                guard response.status == .ok else {
                    throw Self.refusal(response, try await chunks.collect(upTo: 64 << 10))
                }
                let size = response.headerFields[.contentLength].flatMap { Int($0) }
                let file = try PartialFile(for: path)
                for try await chunk in chunks {
                    try file.append(chunk)
                    if let size, size > 0 { onProgress(Double(file.size) / Double(size)) }
                }
                try file.commit()
            } catch let error as TransferError {
                throw FileFault.away(error.message)
            }
        }
    }

    /// Hands the file at `path` to the bot, for the chat.
    ///
    /// - Throws: as ``fetch(to:onProgress:)``.
    func leave(_ path: String) async throws {
        try await retryPolicy.run {
            let request = request(.put, "answer", type: "application/octet-stream")
            do {
                let (response, bytes) = try await client.http.send(
                    request,
                    body: .file(path: path),
                    timeouts: .bulk
                )
                guard response.status == .noContent else { throw Self.refusal(response, bytes) }
            } catch let error as TransferError {
                throw FileFault.away(error.message)
            }
        }
    }

    private var retryPolicy: RetryPolicy { RetryPolicy(maxAttempts: Self.tries, clock: clock) }

    private func request(_ method: HTTPRequest.Method, _ verb: String, type: String? = nil) -> HTTPRequest {
        var headers: HTTPFields = [.authorization: "Bearer \(leaseToken)"]
        if let type { headers[.contentType] = type }
        return client.bot.request(method, "/v1/jobs/\(client.job)/\(verb)", headers: headers)
    }

    /// What a refusal of the bot's means; one that is not the bot's may pass.
    private static func refusal(_ response: HTTPResponse, _ bytes: [UInt8]) -> any Error {
        let status = response.status.code
        let body: Refusal.Body
        do {
            body = try Wire.decode(Refusal.self, from: bytes).error
        } catch {
            return FileFault.away("status \(status)")
        }
        switch body.code {
        case FileFault.gone.code: return FileFault.gone
        case FileFault.tooLarge(limit: 0).code: return FileTooLarge(reason: body.message)
        case _ where status == 401: return BotError.refused(status: status)
        default: return FileFault.away(body.message)
        }
    }
}

/// A file larger than the bot takes or gives, in the bot's words.
struct FileTooLarge: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}

extension FileFault: RetryableError {
    package var isTemporary: Bool {
        switch self {
        case .away: true
        case .gone, .tooLarge: false
        }
    }

    package var retryAfter: Duration? { nil }
}
