import Contract
import Foundation

/// Opens files on the bot's own machine, and reads them piece by piece.
enum LocalFile {
    private static let pieceSize = 256 << 10

    /// Opens the regular file at `path`.
    ///
    /// - Throws: ``FileFault/gone`` if there is no regular file at `path`, or it cannot be opened.
    static func open(_ path: String) throws -> OpenFile {
        guard let handle = FileHandle(forReadingAtPath: path), let size = size(of: path) else {
            throw FileFault.gone
        }
        let chunks = AsyncThrowingStream<[UInt8], any Error> {
            let piece = try handle.read(upToCount: pieceSize) ?? Data()
            return piece.isEmpty ? nil : Array(piece)
        }
        return OpenFile(size: size, chunks: chunks)
    }

    /// The size in bytes; nil if there is no regular file at `path`.
    static func size(of path: String) -> Int? {
        let place = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: place),  // nil: not there
            attributes[.type] as? FileAttributeType == .typeRegular
        else { return nil }
        return attributes[.size] as? Int
    }
}
