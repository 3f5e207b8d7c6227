package import Contract
import Foundation

/// Files that people name in a terminal.
package enum TerminalFiles {
    private static let pieceSize = 256 << 10

    /// The file that a line names, alone, behind `/store` or behind `/predict 7`, and the rest of the line.
    ///
    /// - Throws: ``NoFile`` where `/store` names none.
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
        // A word may be the name of a file by chance.
        return path.contains("/") || path.contains(".") ? file(at: path).map { ($0, nil) } : nil
    }

    /// Opens the file, to be read piece by piece.
    ///
    /// - Throws: ``FileFault``.
    package static func open(_ file: ChatFile) throws -> OpenFile {
        guard let handle = FileHandle(forReadingAtPath: file.id),
            let size = Self.file(at: file.id)?.size
        else { throw FileFault.gone }
        let chunks = AsyncThrowingStream<[UInt8], any Error> {
            let piece = try handle.read(upToCount: pieceSize) ?? Data()
            return piece.isEmpty ? nil : Array(piece)
        }
        return OpenFile(size: size, chunks: chunks)
    }

    /// As terminals paste it: in quotes, or with a backslash before each blank.
    private static func path(_ text: String) -> String {
        let text = text.trimmingCharacters(in: .whitespaces)
        if let match = text.wholeMatch(of: /'(.+)'|"(.+)"/) { return String(match.1 ?? match.2 ?? "") }
        let plain = text.replacing("\\ ", with: " ")
        return plain.hasPrefix("~/") ? NSHomeDirectory() + plain.dropFirst() : plain
    }

    private static func file(at path: String) -> ChatFile? {
        let url = URL(filePath: path).absoluteURL
        let whole = url.path(percentEncoded: false)
        guard
            let attributes = try? FileManager.default.attributesOfItem(  // nil: not there
                atPath: url.resolvingSymlinksInPath().path(percentEncoded: false)
            ),
            attributes[.type] as? FileAttributeType == .typeRegular
        else { return nil }
        return ChatFile(id: whole, name: url.lastPathComponent, size: attributes[.size] as? Int)
    }
}

/// A path behind which there is no file.
struct NoFile: Error, CustomStringConvertible {
    let path: String
    var description: String { "there is no file \(path)" }
}
