/// What a person may do; each role also has the rights of the roles listed before it.
package enum Role: String, Codable, CaseIterable, Comparable, Sendable {
    /// May see runs, logs and blobs.
    case viewer
    /// May train, verify and store.
    case `operator`
    /// May build images, agree to prices and invite people.
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
