import Contract

/// Lets blob IDs that begin with `-` be arguments: one in 64 does, and would be parsed as an option.
///
/// Such arguments are marked before they are parsed; a verb that reads a blob or a file removes the mark.
enum DashedID {
    /// A character that no argument has.
    private static let mark: Character = "\u{1}"
    /// The verbs that read blobs; a message for `notify` that looks like an ID is not changed.
    private static let verbs = ["train", "verify", "walrus"]

    static func marked(_ arguments: [String]) -> [String] {
        guard let verb = arguments.first, verbs.contains(verb) else { return arguments }
        return arguments.map { argument in
            guard argument.hasPrefix("-"), (try? BlobID(argument)) != nil else { return argument }  // Else it is not an ID.
            return "\(mark)\(argument)"
        }
    }

    static func unmarked(_ argument: String) -> String {
        argument.first == mark ? String(argument.dropFirst()) : argument
    }
}
