package import Contract

/// What a training begins with or a verification is about: an earlier run, or any blob.
package enum RunOrBlob: Equatable, Sendable {
    case run(Int64)
    case blob(BlobID)

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
