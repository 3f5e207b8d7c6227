import Contract

/// Allows blob IDs that begin with `-`, which the argument parser would take for options; one in 64 IDs begins so.
///
/// ``marked(_:)`` puts a character before such arguments, and a verb that reads a blob or a file removes it by
/// ``unmarked(_:)``.
enum DashedID {
    /// A character that no argument contains.
    private static let mark: Character = "\u{1}"
    /// The verbs that read blobs; the arguments of other verbs are not changed.
    private static let verbs = ["train", "verify", "walrus"]

    static func marked(_ arguments: [String]) -> [String] {
        guard let verb = arguments.first, verbs.contains(verb) else { return arguments }
        return arguments.map { argument in
            // An error means that the argument is not an ID.
            guard argument.hasPrefix("-"), (try? BlobID(argument)) != nil else { return argument }
            return "\(mark)\(argument)"
        }
    }

    static func unmarked(_ argument: String) -> String {
        argument.first == mark ? String(argument.dropFirst()) : argument
    }
}
