import Contract

/// Allows arguments that are blob IDs beginning with `-`, as one in 64 IDs does.
///
/// The argument parser would read such an ID as an option. Therefore ``marked(_:)`` puts a character before the ID, and
/// ``unmarked(_:)`` removes the character when the argument is read.
enum DashedID {
    /// A character with which no argument begins.
    private static let mark: Character = "\u{1}"
    /// The verbs with blob IDs as arguments; the arguments of other verbs are not changed.
    private static let verbs = ["train", "verify", "walrus"]

    static func marked(_ arguments: [String]) -> [String] {
        guard let verb = arguments.first, verbs.contains(verb) else { return arguments }
        return arguments.map { argument in
            // An error means that the argument is not a blob ID.
            guard argument.hasPrefix("-"), (try? BlobID(argument)) != nil else { return argument }
            return "\(mark)\(argument)"
        }
    }

    static func unmarked(_ argument: String) -> String {
        argument.first == mark ? String(argument.dropFirst()) : argument
    }
}
