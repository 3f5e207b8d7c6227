package import Contract
import HTTP

/// Why a blob could not be read or stored: a case for each thing that callers treat, or people read, differently.
package enum WalrusError: Error, Equatable, CustomStringConvertible {
    /// No aggregator has it.
    case notFound(BlobID)
    /// The bytes are not those that the ID names.
    case mismatch(expected: BlobID, got: BlobID)
    /// Walrus will not hand it out (status 451).
    case forbidden(BlobID)
    /// The quilt has no such patch (status 404).
    case patchNotFound(String)
    /// There is no such object on the chain (status 404).
    case objectNotFound(String)
    /// The part that was asked for does not exist, or is not served (status 416).
    case rangeRefused(String)
    /// It is there, but larger than the aggregator hands out (status 403).
    case tooLargeToRead(BlobID)

    /// The publisher says that it stored something else.
    case storedAs(expected: BlobID, got: BlobID)
    /// The publisher says that it stored it in another way than was asked for.
    case storedOtherwise(String)
    /// It is larger than the publisher takes (status 413).
    case tooLarge(limit: Int?)

    /// The token is missing, or not the right one (status 401, or 400 from the publisher's guard).
    case unauthorized(String)
    /// The request is not understood (status 400).
    case malformed(String)
    /// Any other refusal, in the words that came with it.
    case refused(status: Int, message: String)
    /// Something broke on the other side (status 500).
    case failed(String)

    /// Too many ask at once (status 429).
    case overloaded(retryAfter: Duration?)
    /// Not there right now (statuses 502, 503 and 504).
    case unavailable(String, retryAfter: Duration? = nil)
    /// No connection could be made, so that nothing was asked.
    case unreachable(String)
    /// The connection broke after the request was, perhaps, sent: nobody knows what came of it.
    case broken(String)
    /// Whoever answered could not prove to be who was asked.
    case insecure(String)

    /// The answer is not one that Walrus gives.
    case unexpected(String)
    /// The file cannot be read or written here.
    case file(String)

    package var description: String {
        switch self {
        case .notFound(let id):
            "no aggregator has the blob \(id): it may have expired, or lie on another network"
        case .mismatch(let expected, let got):
            "the bytes that came are not \(expected): their ID is \(got)"
        case .forbidden(let id): "the blob \(id) is blocked, and no aggregator may hand it out"
        case .patchNotFound(let message): "the quilt has no such patch: \(message)"
        case .objectNotFound(let message): "there is no such object on the chain: \(message)"
        case .rangeRefused(let message): "the aggregator does not serve this part of the blob: \(message)"
        case .tooLargeToRead(let id): "the blob \(id) is larger than this aggregator hands out: use another"
        case .storedAs(let expected, let got):
            "the publisher stored \(got) instead of \(expected)"
        case .storedOtherwise(let how): "the publisher stored the blob otherwise than asked: \(how)"
        case .tooLarge(let limit):
            "the blob is larger than the publisher takes\(limit.map { " (\($0) bytes)" } ?? "")"
        case .unauthorized(let message): "the request is not authorised: \(message)"
        case .malformed(let message): "Walrus does not understand the request: \(message)"
        case .refused(let status, let message): "Walrus refused with status \(status): \(message)"
        case .failed(let message): "Walrus failed: \(message)"
        case .overloaded(let pause):
            "Walrus is overloaded\(pause.map { " and wants to be left alone for \($0.words)" } ?? "")"
        case .unavailable(let message, _): "Walrus is not available right now: \(message)"
        case .unreachable(let message): "Walrus cannot be reached: \(message)"
        case .broken(let message): "the connection to Walrus failed: \(message)"
        case .insecure(let message): "the connection to Walrus is not safe: \(message)"
        case .unexpected(let what): "Walrus answered something that it should not: \(what)"
        case .file(let reason): reason
        }
    }
}

extension Duration {
    /// A pause that somebody asks for, who may name any number.
    fileprivate var words: String {
        self > .seconds(86_400) ? "more than a day" : "\(components.seconds) s"
    }
}

extension WalrusError: RetryableError {
    package var isTemporary: Bool {
        switch self {
        case .overloaded, .unavailable, .unreachable, .broken: true
        case .notFound, .patchNotFound, .objectNotFound, .rangeRefused, .mismatch, .forbidden,
            .tooLargeToRead, .storedAs, .storedOtherwise, .tooLarge,
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
    /// What a transfer that did not end well means here.
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
