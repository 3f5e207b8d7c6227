import Crypto
import Foundation
import Walrus

/// Writes a backup: a tar archive whose last file, `SHA256SUMS`, has the checksums of the others.
///
/// Any tar reads it, and `sha256sum -c SHA256SUMS` checks it.
final class ArchiveWriter {
    static let sums = "SHA256SUMS"
    /// The number of bytes that are read at once.
    static let pieceSize = 1 << 20

    private let file: PartialFile
    private let time = Int(Date().timeIntervalSince1970)
    private var lines = ""

    /// The path at which the archive is written until ``commit()``.
    var temporaryPath: String { file.temporaryPath }

    init(for path: String) throws {
        file = try PartialFile(for: path)
    }

    /// Adds the file at `path` as `name`; `onRead` gets the number of bytes of each piece, and can throw.
    ///
    /// Returns false if there is no such file: it was deleted after it was listed.
    func add(_ path: String, as name: String, onRead: (Int) throws -> Void) throws -> Bool {
        guard let input = FileHandle(forReadingAtPath: path) else {
            guard FileManager.default.fileExists(atPath: path) else { return false }
            throw BackupError.unreadable(path)
        }
        let size = Int(try input.seekToEnd())
        try input.seek(toOffset: 0)
        let header = TarHeader(name: name, size: size)
        try file.append(header.block(modified: time))
        var (hash, left) = (SHA256(), size)
        while left > 0 {
            guard let piece = try input.read(upToCount: min(left, Self.pieceSize)), !piece.isEmpty else {
                throw BackupError.changed(path)
            }
            hash.update(data: piece)
            try file.append(Array(piece))
            left -= piece.count
            try onRead(piece.count)
        }
        try file.append([UInt8](repeating: 0, count: header.padding))
        lines += "\(hash.finalize().hex)  \(name)\n"
        return true
    }

    /// Ends the archive, which ``commit()`` then gives its name.
    func finish() throws {
        let header = TarHeader(name: Self.sums, size: lines.utf8.count)
        try file.append(header.block(modified: time))
        try file.append(Array(lines.utf8))
        try file.append([UInt8](repeating: 0, count: header.padding + 2 * TarHeader.blockSize))
    }

    func commit() throws { try file.commit() }
}

extension Digest {
    var hex: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
