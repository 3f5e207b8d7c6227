import Foundation
import Store
import Walrus

/// Makes a backup of a data folder, whose bot may run meanwhile.
struct BackupMaking {
    /// What the backup holds.
    struct Result {
        var files = 0
        /// In bytes, before the checksums.
        var size = 0
    }

    let data: DataFiles
    /// The backup's path.
    let path: String

    /// - Throws: ``BackupError`` if there is no database, or the backup must not be written at its path.
    func validate() throws(BackupError) {
        let files = FileManager.default
        guard files.fileExists(atPath: "\(data.folder)/\(DataFiles.database)") else {
            throw .nothingToBackUp(data.folder)
        }
        guard !files.fileExists(atPath: path) else { throw .alreadyExists(path) }
        let parent = URL(filePath: path).deletingLastPathComponent().resolvingSymlinksInPath()
        guard files.fileExists(atPath: parent.path(percentEncoded: false)) else {
            throw .noFolder(parent.path(percentEncoded: false))
        }
        let folder = URL(filePath: data.folder).resolvingSymlinksInPath().pathComponents
        guard !parent.pathComponents.starts(with: folder) else { throw .insideDataFolder(path) }
    }

    /// Writes the backup, reads it again, and gives it its name.
    ///
    /// The database comes first: each blob that it names was stored before.
    func make(isCancelled: @escaping () -> Bool, onProgress: (TransferProgress) -> Void) throws -> Result {
        func checkCancellation() throws { if isCancelled() { throw CancellationError() } }
        let copy = "\(path).database.\(UInt64.random(in: 0...UInt64.max)).part"
        defer { try? FileManager.default.removeItem(atPath: copy) }  // missing if the copying failed
        try DatabaseFile.copy("\(data.folder)/\(DataFiles.database)", to: copy) { _ in try checkCancellation()
        }
        let files = [(copy, DataFiles.database)] + (try data.names()).map { ("\(data.folder)/\($0)", $0) }
        let total = files.reduce(0) { $0 + Self.size(of: $1.0) }
        var (result, checked) = (Result(), 0)
        let archive = try ArchiveWriter(for: path)
        for (path, name) in files {
            let isThere = try archive.add(path, as: name) { count in
                try checkCancellation()
                result.size += count
                onProgress(.transferred(bytes: result.size, of: total))
            }
            result.files += isThere ? 1 : 0
        }
        try archive.finish()
        try ArchiveReader(path: archive.temporaryPath).read { count in
            try checkCancellation()
            checked += count
            onProgress(.transferred(bytes: checked, of: result.size))
        }
        try archive.commit()
        return result
    }

    private static func size(of path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
    }
}
