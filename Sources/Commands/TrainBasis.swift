import Contract

/// What a training that is being put together begins with: a dataset and the defaults, or all that an earlier run had.
enum TrainBasis: Equatable, Sendable {
    case blob(BlobID)
    case run(Int64)

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
        case .blob(let blob): "\(blob)"
        case .run(let number): "\(number)"
        }
    }
}
