package import Contract
import HTTP

/// A blob could not be read or stored.
///
/// Each case is an error that callers handle differently or that has its own message.
package enum WalrusError: Error, Equatable, CustomStringConvertible {
    /// No aggregator has the blob.
    case notFound(BlobID)
    /// No aggregator has the blob, but it was on Walrus a short while ago.
    case notYetFound(BlobID)
    /// No aggregator gave an answer that tells whether the blob exists; the text gives the reason.
    case noAnswer(BlobID, String)
    /// The received bytes have another ID than the requested one.
    case mismatch(expected: BlobID, got: BlobID)
    /// Walrus blocks the blob (status 451).
    case forbidden(BlobID)
    /// The quilt has no such patch (status 404).
    case patchNotFound(String)
    /// The chain has no such object (status 404).
    case objectNotFound(String)
    /// The requested range does not exist or is not supported (status 416).
    case rangeRefused(String)
    /// The blob exists but exceeds the aggregator's size limit (status 403).
    case tooLargeToRead(BlobID)

    /// The publisher reports another ID than the stored file has.
    case storedOtherID(expected: BlobID, got: BlobID)
    /// The publisher registered the blob on the chain, but no storage node has confirmed that it holds it.
    case uncertified(BlobID)
    /// Walrus has marked the blob as wrongly encoded: nobody can read it.
    case markedInvalid(BlobID)
    /// The publisher reports another size, encoding or persistence than requested.
    case storedDifferently(String)
    /// The blob exceeds the publisher's size limit (status 413 or 403).
    case tooLarge(limit: Int?)

    /// The token is missing or invalid (status 401, or 400 from the publisher's authentication).
    case unauthorized(String)
    /// The server does not understand the request (status 400).
    case malformed(String)
    /// Any other error status, with the server's message.
    case refused(status: Int, message: String)
    /// The server failed (status 500).
    case failed(String)

    /// The server has too many requests (status 429).
    case overloaded(retryAfter: Duration?)
    /// The server is temporarily unavailable (status 502, 503 or 504), or the token has expired or was already used.
    case unavailable(String, retryAfter: Duration? = nil)
    /// The request was not sent, for example because no connection could be opened.
    case unreachable(String)
    /// The connection broke, and the request may have been sent before, so the outcome of the request is unknown.
    case broken(String)
    /// The server could not be authenticated by TLS.
    case insecure(String)

    /// The response does not follow Walrus' protocol.
    case unexpected(String)
    /// A local file cannot be read or written.
    case file(String)

    package var description: String {
        switch self {
        case .notFound(let id):
            "no aggregator has the blob \(id): it may have expired, or be on another network"
        case .notYetFound(let id):
            "no aggregator gives the blob \(id) now: it was on Walrus a short while ago, and may take some minutes to be seen"
        case .noAnswer(let id, let reason):
            "no aggregator answers now, so it cannot be told whether the blob \(id) is there: \(reason)"
        case .mismatch(let expected, let got):
            "the received bytes are not the blob \(expected): their ID is \(got)"
        case .forbidden(let id): "Walrus blocks the blob \(id): aggregators do not serve it"
        case .patchNotFound(let message): "the quilt has no such patch: \(message)"
        case .objectNotFound(let message): "the chain has no such object: \(message)"
        case .rangeRefused(let message):
            "the aggregator does not serve the requested range of the blob: \(message)"
        case .tooLargeToRead(let id):
            "the blob \(id) is larger than this aggregator serves: use another aggregator"
        case .storedOtherID(let expected, let got):
            "the publisher stored \(got) instead of \(expected)"
        case .uncertified(let id):
            "the publisher registered the blob \(id), but it is not certified: Walrus does not vouch for it yet"
        case .markedInvalid(let id):
            "Walrus has marked the blob \(id) as invalid: it was encoded wrongly, and nobody can read it"
        case .storedDifferently(let how): "the publisher did not store the blob as requested: \(how)"
        case .tooLarge(let limit):
            "the blob is larger than the publisher accepts\(limit.map { " (at most \($0) bytes)" } ?? "")"
        case .unauthorized(let message): "the request is not authorised: \(message)"
        case .malformed(let message): "Walrus does not understand the request: \(message)"
        case .refused(let status, let message): "Walrus refused with status \(status): \(message)"
        case .failed(let message): "Walrus failed: \(message)"
        case .overloaded(let pause):
            "Walrus is overloaded\(pause.map { " and asks to retry after \($0.inWords)" } ?? "")"
        case .unavailable(let message, _): "Walrus is temporarily unavailable: \(message)"
        case .unreachable(let message): "Walrus cannot be reached: \(message)"
        case .broken(let message): "the connection to Walrus failed: \(message)"
        case .insecure(let message): "the connection to Walrus is not secure: \(message)"
        case .unexpected(let answer): "Walrus sent an unexpected response: \(answer)"
        case .file(let reason): reason
        }
    }
}

extension Duration {
    /// The duration in seconds.
    ///
    /// A server may send any number, so a duration of more than a day is not written out.
    fileprivate var inWords: String {
        self > .seconds(86_400) ? "more than a day" : "\(components.seconds) s"
    }
}

extension WalrusError: RetryableError {
    package var isTemporary: Bool {
        switch self {
        case .overloaded, .unavailable, .unreachable, .broken, .notYetFound, .noAnswer: true
        case .notFound, .patchNotFound, .objectNotFound, .rangeRefused, .mismatch, .forbidden,
            .tooLargeToRead, .storedOtherID, .storedDifferently, .tooLarge, .uncertified, .markedInvalid,
            .unauthorized, .malformed, .refused, .failed, .insecure, .unexpected, .file:
            false
        }
    }

    package var retryAfter: Duration? {
        switch self {
        case .overloaded(let pause), .unavailable(_, let pause): pause
        default: nil
        }
    }
}

extension WalrusError {
    /// Converts a transfer error.
    init(_ error: TransferError) {
        switch error.kind {
        case .file: self = .file(error.message)
        case .tls: self = .insecure(error.message)
        case .tooLarge: self = .unexpected(error.message)
        case .resolve, .connect: self = .unreachable(error.message)
        case .timeout, .interrupted, .aborted, .other:
            self = error.requestMayHaveArrived ? .broken(error.message) : .unreachable(error.message)
        }
    }
}
