import Hummingbird
import HTTPTypes

/// Why a request is refused, with the status, the code and the sentence of the response.
package enum WebhookError: Error, Equatable, CustomStringConvertible {
    case unknownTopic
    case emptyBody
    case bodyTooLarge(limit: Int)
    case malformed(String)
    case unauthorized
    /// Bot and worker have incompatible protocols. The text says whether to update the bot or the worker.
    case unsupportedWorker(String)
    case notFound
    case tooSlow
    case tooOften(retryAfter: Int)
    /// The disk is full, read-only or broken, or another process has locked the database.
    case unavailable

    package var description: String { row.sentence }
    var status: HTTPResponse.Status { row.status }
    var code: String { row.code }

    private var row: (status: HTTPResponse.Status, code: String, sentence: String) {
        switch self {
        case .unknownTopic: (.notFound, "TOPIC_NOT_FOUND", "Topic not found")
        case .emptyBody:
            (
                .badRequest, "EMPTY_BODY",
                "the body is empty: send a text, or JSON such as {\"message\": \"finished\"}"
            )
        case .bodyTooLarge(let limit):
            (.contentTooLarge, "BODY_TOO_LARGE", "the body is larger than the limit of \(limit) bytes")
        case .malformed(let fault): (.badRequest, "MALFORMED_BODY", "cannot read the body: \(fault)")
        case .unauthorized: (.unauthorized, "UNAUTHORIZED", "this token is not valid")
        // Status 401 makes workers of every version stop.
        case .unsupportedWorker(let reason): (.unauthorized, "UNSUPPORTED_WORKER", reason)
        case .notFound: (.notFound, "NOT_FOUND", "there is nothing at this address")
        case .tooSlow: (.requestTimeout, "TOO_SLOW", "the body took too long to arrive")
        case .tooOften(let seconds):
            (.tooManyRequests, "TOO_MANY_REQUESTS", "too many requests: try again in \(seconds) s")
        case .unavailable:
            (.serviceUnavailable, "UNAVAILABLE", "this cannot be stored now: try again in \(Self.pause) s")
        }
    }

    /// The value of the header `Retry-After`, in seconds; nil if the response has no such header.
    var retryAfter: Int? {
        switch self {
        case .tooOften(let seconds): seconds
        case .unavailable: Self.pause
        default: nil
        }
    }

    private static let pause = 5
}
