import Foundation

/// The owner's training commands.
///
/// People choose a command by name; only the configuration determines the program behind the name.
package struct TrainingCommands: Equatable, Sendable {
    /// The name of the environment variable that passes the commands to a worker.
    package static let variable = "OKAI_COMMANDS"

    private var paths: [String: String] = [:]

    /// No commands.
    package init() {}

    /// Parses entries of the form `name=/path/of/program`, separated by commas; nil if an entry has another form or a
    /// name is repeated.
    package init?(_ text: String) {
        for entry in text.split(separator: ",") {
            let words = entry.split(separator: "=", maxSplits: 1)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard words.count == 2, words[0].wholeMatch(of: /[a-z0-9][a-z0-9_-]{0,31}/) != nil,
                words[1].hasPrefix("/"), paths.updateValue(words[1], forKey: words[0]) == nil
            else { return nil }
        }
    }

    package var names: [String] { paths.keys.sorted() }

    /// The path of the program of the command `name`.
    package subscript(name: String) -> String? { paths[name] }

    /// The error text for a command that is not configured.
    ///
    /// The text lists the configured commands.
    package func unknownCommand(_ name: String) -> String {
        let others =
            names.isEmpty ? "this bot's owner configured none" : "there are: \(names.joined(separator: ", "))"
        return "there is no training command \"\(name.prefix(40))\"; \(others)"
    }
}

extension TrainingCommands: CustomStringConvertible {
    package var description: String { names.map { "\($0)=\(paths[$0] ?? "")" }.joined(separator: ",") }
}
