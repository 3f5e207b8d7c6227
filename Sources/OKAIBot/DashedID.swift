import Contract

/// One blob ID in 64 begins with `-`, and would be taken for an option: so such arguments are marked before they are
/// parsed, and the mark is taken away where a verb reads a blob or a file.
enum DashedID {
    /// Nobody writes it.
    private static let mark: Character = "\u{1}"
    /// The verbs that read blobs: a message that only looks like an ID stays as it is.
    private static let verbs = ["train", "verify", "walrus"]

    static func marked(_ arguments: [String]) -> [String] {
        guard let verb = arguments.first, verbs.contains(verb) else { return arguments }
        return arguments.map { argument in
            guard argument.hasPrefix("-"), (try? BlobID(argument)) != nil else { return argument }  // no ID
            return "\(mark)\(argument)"
        }
    }

    static func unmarked(_ argument: String) -> String {
        argument.first == mark ? String(argument.dropFirst()) : argument
    }
}
