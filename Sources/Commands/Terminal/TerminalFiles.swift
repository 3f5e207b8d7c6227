package import Contract
import Foundation

/// Files that people name by their paths in a terminal.
package enum TerminalFiles {
    /// The file whose path is in `line`, alone or after `/store` or `/predict 7`; nil if the line has no such path.
    ///
    /// The caption is `/predict 7` if the path follows that command, and otherwise nil.
    ///
    /// - Throws: ``NoFile`` if there is no file at the path after `/store`.
    static func read(_ line: String) throws(NoFile) -> (file: ChatFile, caption: String?)? {
        if let match = line.wholeMatch(of: /\/store\s+(.+)/) {
            let path = path(String(match.1))
            guard let file = file(at: path) else { throw NoFile(path: path) }
            return (file, nil)
        }
        if let match = line.wholeMatch(of: /(\/predict\s+\d+)\s+(.+)/) {
            return file(at: path(String(match.2))).map { ($0, String(match.1)) }
        }
        let path = path(line)
        // A single word may be the name of a file by chance.
        return path.contains("/") || path.contains(".") ? file(at: path).map { ($0, nil) } : nil
    }

    /// Opens the file, which is then read piece by piece.
    ///
    /// - Throws: ``FileFault``.
    package static func open(_ file: ChatFile) throws -> OpenFile {
        try LocalFile.open(file.id)
    }

    /// Parses a path as terminals paste it: in quotes, or with a backslash before each space.
    ///
    /// In a path without quotes, `~/` is expanded.
    private static func path(_ text: String) -> String {
        let text = text.trimmingCharacters(in: .whitespaces)
        if let match = text.wholeMatch(of: /'(.+)'|"(.+)"/) { return String(match.1 ?? match.2 ?? "") }
        let plain = text.replacing("\\ ", with: " ")
        return plain.hasPrefix("~/") ? NSHomeDirectory() + plain.dropFirst() : plain
    }

    private static func file(at path: String) -> ChatFile? {
        let url = URL(filePath: path).absoluteURL
        let whole = url.path(percentEncoded: false)
        guard let size = LocalFile.size(of: whole) else { return nil }
        return ChatFile(id: whole, name: url.lastPathComponent, size: size)
    }
}

/// The error if there is no file at a path.
struct NoFile: Error, CustomStringConvertible {
    let path: String
    var description: String {
        "there is no file \(path); send /store with the path of a file, such as /store iris.csv"
    }
}
