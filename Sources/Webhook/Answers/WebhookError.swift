import Hummingbird
package import HTTPTypes

/// Why a request is refused, with the status, the code and the sentence of the response.
package enum WebhookError: Error, Equatable, CustomStringConvertible {
    case unknownTopic
    case bodyTooLarge(limit: Int)
    case malformed(String)
    /// The sender's name for the message cannot be one.
    case badSequence(String)
    /// The time at which the post is due cannot be read, or is not allowed; the text says why.
    case badDelay(String)
    /// A posted file is larger than `limit` bytes.
    case fileTooLarge(limit: Int)
    /// A posted file is not stored, because less than `reserve` bytes of the disk are free.
    case diskFull(reserve: Int)
    /// The post asks for a template, as ntfy has them.
    case template
    /// The buttons of a post cannot be read.
    case actions(String)
    /// The body is packed in a way that cannot be read.
    case packed(encoding: String)
    /// The body is no text.
    case notText
    /// JSON was posted to the root without the topic that it is for.
    case noTopic
    /// Another post was sent with the same idempotency key.
    case otherPost
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
        case .bodyTooLarge(let limit):
            (.contentTooLarge, "BODY_TOO_LARGE", "the body is larger than the limit of \(limit) bytes")
        case .malformed(let fault): (.badRequest, "MALFORMED_BODY", "cannot read the body: \(fault)")
        case .badSequence(let text):
            (
                .badRequest, "BAD_SEQUENCE",
                "the sequence id \(Excerpt.quoted(text)) is not valid: use 1 to 64 letters, digits, - and _"
            )
        case .badDelay(let reason): (.badRequest, "BAD_DELAY", reason)
        case .fileTooLarge(let limit):
            (
                .contentTooLarge, "FILE_TOO_LARGE",
                "the file is larger than the limit of \(limit) bytes: post a link to it, or ask the bot's owner to raise "
                    + "OKAI_ATTACHMENT_LIMIT"
            )
        case .diskFull(let reserve):
            (
                .init(code: 507, reasonPhrase: "Insufficient Storage"), "DISK_FULL",
                "the file is not stored, because less than \(reserve) bytes of the bot's disk are free: post a link to it, or "
                    + "try again later"
            )
        case .template:
            (
                .badRequest, "TEMPLATE",
                "templates are not supported: render title and message before you post them"
            )
        case .actions(let fault): (.badRequest, "MALFORMED_ACTIONS", "cannot read the actions: \(fault)")
        case .packed(let encoding):
            (
                .unsupportedMediaType, "UNKNOWN_ENCODING",
                "the Content-Encoding \(encoding) is not supported: use gzip, deflate, or none"
            )
        case .notText:
            (
                .unsupportedMediaType, "NOT_TEXT",
                "the body is a file, and only texts can be posted: post a link to it"
            )
        case .noTopic:
            (
                .badRequest, "NO_TOPIC",
                "a post to this address is JSON with the last part of the topic's address as \"topic\""
            )
        case .otherPost:
            (
                .unprocessableContent, "KEY_USED",
                "another post was sent with this Idempotency-Key: send a new post with a new key"
            )
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
                "the header Expect is \(Excerpt.quoted(value)), but the only expectation of HTTP is 100-continue"
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
