package import Contract

/// The subject of a training or a verification: an earlier run, or any blob.
package enum RunOrBlob: Equatable, Sendable {
    case run(RunID)
    case blob(BlobID)

    /// Reads what ``data`` wrote.
    init?(_ data: String) {
        if let run = RunID(data) {
            self = .run(run)
        } else if let blob = try? BlobID(data) {  // Else it is neither.
            self = .blob(blob)
        } else {
            return nil
        }
    }

    /// The form that a button carries.
    var data: String {
        switch self {
        case .run(let run): "\(run)"
        case .blob(let blob): "\(blob)"
        }
    }
}
