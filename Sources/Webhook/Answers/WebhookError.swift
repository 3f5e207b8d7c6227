import Hummingbird
import HTTPTypes

/// Why a request is refused: it gives the status, the code and the sentence of the answer.
package enum WebhookError: Error, Equatable, CustomStringConvertible {
    case unknownTopic
    case emptyBody
    case bodyTooLarge(limit: Int)
    case malformed(String)
    case unauthorized
    /// The worker and the bot do not understand each other; the text says what to update.
    case unsupportedWorker(String)
    case notFound
    case tooSlow
    case tooOften(retryAfter: Int)
    /// The disk is full or read-only, or another process holds the database.
    case unavailable

    package var description: String {
        switch self {
        case .unknownTopic: "Topic not found"
        case .emptyBody: "the body is empty: send a text, or JSON such as {\"message\": \"finished\"}"
        case .bodyTooLarge(let limit): "the body is larger than the limit of \(limit) bytes"
        case .malformed(let what): "cannot read the body: \(what)"
        case .unauthorized: "this token is not valid"
        case .unsupportedWorker(let reason): reason
        case .notFound: "there is nothing at this address"
        case .tooSlow: "the body took too long to arrive"
        case .unavailable: "this cannot be stored now: try again in \(Self.pause) s"
        case .tooOften(let seconds): "too many requests: try again in \(seconds) s"
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .unknownTopic, .notFound: .notFound
        case .emptyBody, .malformed: .badRequest
        case .bodyTooLarge: .contentTooLarge
        // Workers of every version end at 401.
        case .unauthorized, .unsupportedWorker: .unauthorized
        case .tooSlow: .requestTimeout
        case .tooOften: .tooManyRequests
        case .unavailable: .serviceUnavailable
        }
    }

    var code: String {
        switch self {
        case .unknownTopic: "TOPIC_NOT_FOUND"
        case .emptyBody: "EMPTY_BODY"
        case .bodyTooLarge: "BODY_TOO_LARGE"
        case .malformed: "MALFORMED_BODY"
        case .unauthorized: "UNAUTHORIZED"
        case .unsupportedWorker: "UNSUPPORTED_WORKER"
        case .notFound: "NOT_FOUND"
        case .tooSlow: "TOO_SLOW"
        case .tooOften: "TOO_MANY_REQUESTS"
        case .unavailable: "UNAVAILABLE"
        }
    }

    /// After how many seconds the client may try again; nil: a retry does not help, or may come at any time.
    var retryAfter: Int? {
        switch self {
        case .tooOften(let seconds): seconds
        case .unavailable: Self.pause
        case .unknownTopic, .emptyBody, .bodyTooLarge, .malformed, .unauthorized, .unsupportedWorker, .notFound,
            .tooSlow:
            nil
        }
    }

    private static let pause = 5
}
