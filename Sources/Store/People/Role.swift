/// What a person may do; each role includes the ones before it.
package enum Role: String, Codable, CaseIterable, Comparable, Sendable {
    /// Sees runs, logs and blobs.
    case viewer
    /// Trains, verifies and stores.
    case `operator`
    /// Builds images, agrees to prices and invites.
    case admin

    package static func < (left: Role, right: Role) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .operator: 1
        case .admin: 2
        }
    }
}
