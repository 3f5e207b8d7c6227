import Hummingbird
package import HTTPTypes

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
    /// One IP address has more requests behind a proxy than are answered at once.
    case tooManyAtOnce
    /// One IP address has more connections than it may have.
    case tooManyConnections
    /// The path has other methods only.
    case methodNotAllowed([HTTPRequest.Method])
    /// The request has an `Expect` of this value, which is not `100-continue`.
    case unknownExpectation(String)
    case headerTooLarge
    case notHTTP
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
        case .tooManyAtOnce:
            (
                .tooManyRequests, "TOO_MANY_REQUESTS",
                "too many requests of this IP address at once: wait for answers, then try again"
            )
        case .tooManyConnections:
            (
                .tooManyRequests, "TOO_MANY_CONNECTIONS",
                "too many connections of this IP address: close some, then try again"
            )
        case .methodNotAllowed(let allowed):
            (
                .methodNotAllowed, "METHOD_NOT_ALLOWED",
                "this address takes only \(allowed.map(\.rawValue).joined(separator: ", "))"
            )
        case .unknownExpectation(let value):
            (
                .expectationFailed, "UNKNOWN_EXPECTATION",
                "the header Expect is \"\(value)\", but the only expectation of HTTP is 100-continue"
            )
        case .headerTooLarge:
            (
                .requestHeaderFieldsTooLarge, "HEADER_TOO_LARGE",
                "the first line or the header is too large: at most \(HeaderLimits.count) fields, each of at most"
                    + " \(HeaderLimits.field) bytes, and \(HeaderLimits.total) bytes in all"
            )
        case .notHTTP:
            (
                .badRequest, "MALFORMED_REQUEST",
                "this is no request of HTTP/1.1: check the first line and the header"
            )
        case .unavailable:
            (.serviceUnavailable, "UNAVAILABLE", "this cannot be stored now: try again in \(Self.pause) s")
        }
    }

    /// The value of the header `Retry-After`, in seconds; nil if the response has no such header.
    var retryAfter: Int? {
        switch self {
        case .tooOften(let seconds): seconds
        case .tooManyAtOnce, .tooManyConnections: 1
        case .unavailable: Self.pause
        default: nil
        }
    }

    private static let pause = 5
}
