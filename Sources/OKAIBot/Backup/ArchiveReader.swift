import Crypto
import Foundation

/// Reads a backup that ``ArchiveWriter`` has written, and checks it.
struct ArchiveReader {
    let path: String

    /// The size of the archive, in bytes.
    let size: Int

    private let input: FileHandle

    init(path: String) throws {
        guard let input = FileHandle(forReadingAtPath: path), let end = try? input.seekToEnd() else {
            throw BackupError.unreadable(path)
        }
        (self.path, self.input, size) = (path, input, Int(end))
    }

    /// Passes each file of the archive to `body`, in pieces, and checks the checksums.
    ///
    /// `body` is called with the header of a file, and returns what takes its pieces. Returns the number of files.
    ///
    /// - Throws: ``BackupError/damagedFile(_:_:)`` if the archive is cut short, or a byte of it has changed; the errors
    ///   of `body` and `onRead`.
    @discardableResult
    func read(
        onRead: (Int) throws -> Void = { _ in },
        _ body: (TarHeader) throws -> (Data) throws -> Void = { _ in { _ in } }
    ) throws -> Int {
        do {
            try input.seek(toOffset: 0)
            var found = ""
            var files = 0
            while let header = try TarHeader(bytes(TarHeader.blockSize)) {
                if header.name == ArchiveWriter.sums {
                    guard header.size == found.utf8.count, try bytes(header.size) == Array(found.utf8) else {
                        throw BackupError.damaged("its checksums are not those of its files")
                    }
                    try readZeros(header.padding + 2 * TarHeader.blockSize)
                    return files
                }
                guard header.name == DataFiles.database || DataFiles.isBackedUp(header.name) else {
                    throw BackupError.damaged("no backup has a file \"\(header.name)\"")
                }
                found += "\(try hash(of: header, onRead, try body(header)))  \(header.name)\n"
                files += 1
            }
            throw BackupError.damaged("it has no checksums")
        } catch BackupError.damaged(let problem) {
            throw BackupError.damagedFile(path, problem)
        }
    }

    /// Passes the content of the file on, and returns its SHA-256.
    private func hash(
        of header: TarHeader,
        _ onRead: (Int) throws -> Void,
        _ take: (Data) throws -> Void
    ) throws -> String {
        var (hash, left) = (SHA256(), header.size)
        while left > 0 {
            guard let piece = try input.read(upToCount: min(left, ArchiveWriter.pieceSize)), !piece.isEmpty
            else {
                throw BackupError.damaged("it ends in the middle of \(header.name)")
            }
            hash.update(data: piece)
            try take(piece)
            left -= piece.count
            try onRead(piece.count)
        }
        try readZeros(header.padding)
        return hash.finalize().hex
    }

    private func readZeros(_ count: Int) throws {
        guard try bytes(count).allSatisfy({ $0 == 0 }) else {
            throw BackupError.damaged("it has other bytes than zeros between its files")
        }
    }

    private func bytes(_ count: Int) throws -> [UInt8] {
        // The size in a damaged header may be any number.
        guard count > 0 else { return [] }
        guard count <= size, let data = try input.read(upToCount: count), data.count == count else {
            throw BackupError.damaged("it ends too early")
        }
        return Array(data)
    }
}
