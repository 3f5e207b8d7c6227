import Foundation
import Store
import Walrus

/// Restores a backup into a data folder that no bot uses.
struct BackupRestoring {
    let data: DataFiles
    let backup: ArchiveReader
    /// Whether the folder may have data.
    ///
    /// Its database is kept under another name.
    let replaces: Bool

    /// Checks the whole backup, then writes its files; the database gets its name last.
    ///
    /// Returns the number of files. The caller has locked the folder.
    func restore(isCancelled: () -> Bool, onProgress: (TransferProgress) -> Void) throws -> Int {
        let isEmpty = try !exists(DataFiles.database) && data.names().isEmpty
        guard replaces || isEmpty else { throw BackupError.folderHasData(data.folder) }
        var read = 0
        func count(_ bytes: Int) throws {
            if isCancelled() { throw CancellationError() }
            read += bytes
            onProgress(.transferred(bytes: read, of: 2 * backup.size))
        }
        try backup.read(onRead: count)
        let database = try PartialFile(for: path(DataFiles.database))
        var current: PartialFile?
        let files = try backup.read(onRead: count) { header in
            try current?.commit()
            guard header.name != DataFiles.database else { return { try database.append(Array($0)) } }
            let file = try makeFile(header.name)
            current = file
            return { try file.append(Array($0)) }
        }
        try current?.commit()
        try DatabaseFile.check(database.temporaryPath)
        try setAsideOldDatabase()
        try database.commit()
        return files
    }

    private func makeFile(_ name: String) throws -> PartialFile {
        let path = path(name)
        try FileManager.default.createDirectory(
            at: URL(filePath: path).deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        return try PartialFile(for: path)
    }

    /// Renames the old database, with what SQLite keeps beside it, which would spoil the new one.
    private func setAsideOldDatabase() throws {
        let new = "okai.sqlite.replaced-\(Int(Date().timeIntervalSince1970))"
        for suffix in ["", "-wal", "-shm"] where exists(DataFiles.database + suffix) {
            try FileManager.default.moveItem(
                atPath: path(DataFiles.database + suffix),
                toPath: path(new + suffix)
            )
        }
    }

    private func path(_ name: String) -> String { "\(data.folder)/\(name)" }
    private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}
