package import Contract
import Foundation

/// Files that people name by their paths in a terminal.
package enum TerminalFiles {
    /// The file whose path is in `line`, alone or after `/store` or `/predict 7`; nil if the line has no such path.
    ///
    /// The caption is `/predict 7` if the path follows that command, and otherwise nil.
    ///
    /// - Throws: ``NoFile`` if the line has a path, and there is no file to read.
    static func read(_ line: String) throws(NoFile) -> (file: ChatFile, caption: String?)? {
        if let match = line.wholeMatch(of: /\/store(?:\s+(.+))?/.ignoresCase()) {
            guard let path = match.1 else { throw NoFile.noPath }
            return (try file(String(path)), nil)
        }
        if let match = line.wholeMatch(of: /(\/predict\s+#?\d+)\s+(.+)/.ignoresCase()) {
            let path = String(match.2)
            if !isPath(path), existing(path) == nil { return nil }
            return (try file(path), String(match.1))
        }
        if isPath(line) { return (try file(line), nil) }
        // A single word may be the name of a file by chance.
        guard line.contains("/") || line.contains("."), let path = existing(line) else { return nil }
        return (try file(path), nil)
    }

    /// Opens the file, which is then read piece by piece.
    ///
    /// - Throws: ``FileFault``.
    package static func open(_ file: ChatFile) throws -> OpenFile {
        try LocalFile.open(file.id)
    }

    /// Whether the text is a path and nothing else, though there may be no file.
    ///
    /// A command has no second slash and no dot.
    private static func isPath(_ text: String) -> Bool {
        let path = TerminalPath.read(text)
        let isMarked = ["~/", "./", "../"].contains { path.hasPrefix($0) } || text.hasPrefix("file:///")
        let first = path.prefix { !$0.isWhitespace }
        guard first.hasPrefix("/"), first.count > 1 else { return isMarked }
        let isCommand = CommandWord(rawValue: first.dropFirst().prefix { $0.isLetter }.lowercased()) != nil
        let name = first.dropFirst()
        return name.contains("/") && !isCommand || !isCommand && (name.contains(".") || existing(text) != nil)
            || name.hasSuffix("/") && !isCommand
    }

    /// The path of what `text` names, whatever it is; nil if there is nothing.
    private static func existing(_ text: String) -> String? {
        [text, TerminalPath.read(text)].first { FileManager.default.fileExists(atPath: $0) }
    }

    private static func file(_ text: String) throws(NoFile) -> ChatFile {
        let path = existing(text) ?? TerminalPath.read(text)
        let url = URL(filePath: path).absoluteURL
        let whole = url.path(percentEncoded: false)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missing(path)
        }
        if isFolder.boolValue { throw .folder(path) }
        guard let size = LocalFile.size(of: whole) else { throw .notRegular(path) }
        guard FileManager.default.isReadableFile(atPath: path) else { throw .unreadable(path) }
        return ChatFile(id: whole, name: url.lastPathComponent, size: size)
    }
}

/// Why a line with a path names no file that can be read.
enum NoFile: Error, Equatable, CustomStringConvertible {
    case noPath
    case missing(String)
    case folder(String)
    case notRegular(String)
    case unreadable(String)

    var description: String {
        switch self {
        case .noPath: "/store PATH stores a file, such as /store iris.csv."
        case .missing(let path): "There is no file \(path)."
        case .folder(let path): "\(path) is a folder. Send the path of a file in it, such as /store iris.csv."
        case .notRegular(let path): "\(path) is not a regular file, so it cannot be stored."
        case .unreadable(let path): "\(path) cannot be read: its owner does not allow it."
        }
    }
}
