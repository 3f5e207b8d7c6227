import Foundation

/// The owner's own training commands: names that people may type, for programs that only the owner chose.
package struct TrainingCommands: Equatable, Sendable {
    /// The environment variable that tells a worker of them.
    package static let variable = "OKAI_COMMANDS"

    private var paths: [String: String] = [:]

    /// None.
    package init() {}

    /// Reads `name=/path/of/program`, separated by commas; nil where it is written otherwise.
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

    /// The path of the program called `name`.
    package subscript(name: String) -> String? { paths[name] }

    /// Why there is nothing to start for `name`, and what there is.
    package func lack(of name: String) -> String {
        let others =
            names.isEmpty ? "this bot's owner configured none" : "there are: \(names.joined(separator: ", "))"
        return "there is no training command \"\(name.prefix(40))\"; \(others)"
    }
}

extension TrainingCommands: CustomStringConvertible {
    package var description: String { names.map { "\($0)=\(paths[$0] ?? "")" }.joined(separator: ",") }
}
