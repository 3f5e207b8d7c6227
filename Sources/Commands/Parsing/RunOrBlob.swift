package import Contract

/// The subject of a training or a verification: an earlier run, or any blob.
package enum RunOrBlob: Equatable, Sendable {
    case run(RunID)
    case blob(BlobID)

    /// Parses text from ``data``; nil if it is neither a run number nor a blob ID.
    init?(_ data: String) {
        if let run = RunID(data) {
            self = .run(run)
        } else if let blob = try? BlobID(data) {  // Any other text is neither.
            self = .blob(blob)
        } else {
            return nil
        }
    }

    /// Parses an argument of `/train`: a run, or a blob ID in any form that people paste.
    init?(written text: String) {
        if let run = RunID(text.drop { $0 == "#" }) {
            self = .run(run)
        } else if let blob = BlobScanner.blobs(in: text).first {
            self = .blob(blob)
        } else {
            return nil
        }
    }

    /// The text for a button's data: the run number or the blob ID.
    var data: String {
        switch self {
        case .run(let run): "\(run)"
        case .blob(let blob): "\(blob)"
        }
    }
}
