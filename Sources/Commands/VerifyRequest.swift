package import Contract

/// `/verify`: a run, whose receipt is meant, or any blob.
package enum VerifyRequest: Equatable, Sendable {
    case run(Int64)
    case blob(BlobID)

    /// What stands behind the command: one number of a run, or one blob as people paste it.
    init(_ arguments: [String]) throws(UsageError) {
        guard let first = arguments.first else {
            throw UsageError(.verify, "the number of a run, or a blob ID, is missing")
        }
        guard arguments.count == 1 else {
            throw UsageError(.verify, "one at a time, but you sent \(arguments.count) words")
        }
        if let number = Int64(first.drop { $0 == "#" }), number > 0 {
            self = .run(number)
        } else if let blob = BlobScanner.blobs(in: first).first {
            self = .blob(blob)
        } else {
            throw UsageError(.verify, "\"\(first.prefix(60))\" is neither the number of a run nor a blob ID")
        }
    }

    /// What a button carries.
    init?(_ data: String) {
        if let number = Int64(data) {
            guard number > 0 else { return nil }
            self = .run(number)
        } else if let blob = try? BlobID(data) {  // else it is nothing
            self = .blob(blob)
        } else {
            return nil
        }
    }

    var data: String {
        switch self {
        case .run(let number): "\(number)"
        case .blob(let blob): "\(blob)"
        }
    }
}
