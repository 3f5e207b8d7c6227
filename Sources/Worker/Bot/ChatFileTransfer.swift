import Contract
import Foundation
import HTTP
import HTTPTypes
import Walrus

/// Downloads the file that a chat sent for a job, and uploads the file that answers the chat; both go through the bot.
struct ChatFileTransfer: Sendable {
    let client: JobAPIClient
    let leaseToken: String
    let clock: any Clock<Duration>

    /// The number of attempts of a transfer.
    ///
    /// Together, the waits between the attempts are usually long enough for a restart of the bot.
    private static let tries = 8

    /// Downloads the chat's file to `path`.
    ///
    /// `onProgress` gets the downloaded fraction, 0 to 1, if the bot knows the size.
    ///
    /// - Throws: ``FileFault``, ``FileTooLarge``, or ``BotAPIError``; ``WalrusError/file(_:)`` if the file cannot be
    ///   written; `CancellationError` when the task is cancelled.
    func download(to path: String, onProgress: @Sendable (Double) -> Void) async throws {
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
                throw FileFault.unavailable(error.message)
            }
        }
    }

    /// Uploads the file at `path` to the bot, which sends it to the chat.
    ///
    /// - Throws: ``FileFault``, ``FileTooLarge``, or ``BotAPIError``; `CancellationError` when the task is cancelled.
    func uploadAnswer(_ path: String) async throws {
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
                throw FileFault.unavailable(error.message)
            }
        }
    }

    private var retryPolicy: RetryPolicy { RetryPolicy(maxAttempts: Self.tries, clock: clock) }

    private func request(_ method: HTTPRequest.Method, _ verb: String, type: String? = nil) -> HTTPRequest {
        var headers: HTTPFields = [.authorization: "Bearer \(leaseToken)"]
        if let type { headers[.contentType] = type }
        return client.bot.request(method, "/v1/jobs/\(client.job)/\(verb)", headers: headers)
    }

    /// The error for a status that is not a success.
    ///
    /// If the body does not come from the bot, the error is temporary.
    private static func refusal(_ response: HTTPResponse, _ bytes: [UInt8]) -> any Error {
        let status = response.status.code
        let body: Refusal.Body
        do {
            body = try Wire.decode(Refusal.self, from: bytes).error
        } catch {
            return FileFault.unavailable("status \(status)")
        }
        switch body.code {
        case FileFault.gone.code: return FileFault.gone
        case FileFault.tooLarge(limit: 0).code: return FileTooLarge(reason: body.message)
        case _ where status == 401: return BotAPIError.refused("status 401")
        default: return FileFault.unavailable(body.message)
        }
    }
}

/// The file exceeds the bot's size limit; `reason` is the text of the bot's refusal.
struct FileTooLarge: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}

extension FileFault: RetryableError {
    package var isTemporary: Bool {
        switch self {
        case .unavailable: true
        case .gone, .tooLarge: false
        }
    }

    package var retryAfter: Duration? { nil }
}
