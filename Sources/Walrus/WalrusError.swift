package import Contract

/// Why a blob could not be read or stored.
package enum WalrusError: Error, Equatable, CustomStringConvertible {
    /// No aggregator has it.
    case notFound(BlobID)
    /// The bytes are not those that the ID names.
    case mismatch(expected: BlobID, got: BlobID)
    /// The publisher says that it stored something else.
    case storedAs(expected: BlobID, got: BlobID)
    case tooLarge(limit: Int?)
    /// Somebody does not want to: status, reason and words as they came.
    case refused(status: Int, message: String)
    /// Away, overloaded or broken: may pass.
    case unavailable(String)
    /// The answer is not one that Walrus gives.
    case unexpected(String)
    /// The file cannot be read or written here.
    case file(String)

    /// Whether trying again later may help.
    package var isTemporary: Bool {
        switch self {
        case .unavailable: true
        case .notFound, .mismatch, .storedAs, .tooLarge, .refused, .unexpected, .file: false
        }
    }

    package var description: String {
        switch self {
        case .notFound(let id):
            "no aggregator has the blob \(id): it may have expired, or lie on another network"
        case .mismatch(let expected, let got):
            "the bytes that came are not \(expected): their ID is \(got)"
        case .storedAs(let expected, let got):
            "the publisher stored \(got) instead of \(expected)"
        case .tooLarge(let limit):
            "the blob is larger than the server takes\(limit.map { " (\($0) bytes)" } ?? "")"
        case .refused(let status, let message): "Walrus refused with status \(status): \(message)"
        case .unavailable(let reason): "Walrus cannot be reached right now: \(reason)"
        case .unexpected(let what): "Walrus answered something that it should not: \(what)"
        case .file(let reason): reason
        }
    }
}
