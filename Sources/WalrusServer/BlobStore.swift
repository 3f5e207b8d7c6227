package import Contract
import Foundation
import Glibc
package import Logging
import Synchronization
package import Walrus

/// A folder of blobs, each a file named by its ID: what the embedded Walrus keeps.
///
/// A file gets its name only once its bytes are on the disk. What this process has not written is read through before
/// it is served, by ``inspect()`` or when somebody asks for it, and again when the file has changed since; where its
/// bytes are not those that its name says, it is set aside.
package final class BlobStore: Sendable {
    private let folder: String
    private let encoder: BlobEncoder
    let logger: Logger
    /// Blobs whose bytes this process has seen, and the files that held them.
    private let seen = Mutex<[BlobID: BlobFile.Stamp]>([:])

    /// Opens the folder, creating it as needed, and clears away what puts have left that came to no end.
    package init(folder: String, encoder: BlobEncoder, logger: Logger) throws(WalrusError) {
        self.folder = folder
        self.encoder = encoder
        self.logger = logger
        var isFolder: ObjCBool = true
        guard !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) || isFolder.boolValue
        else {
            throw .file("cannot keep blobs in \(folder): it is a file, not a folder")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try PartialFile.removeAbandoned(in: folder)
        } catch {
            throw .file("cannot use the folder \(folder): \(error.localizedDescription)")
        }
    }

    /// The blob's file; nil where it is not kept here, or not as it was.
    func file(of id: BlobID) async throws -> BlobFile? {
        guard let file = try BlobFile(path: path(of: id)) else { return nil }
        return try await isIntact(id, file) ? file : nil
    }

    /// Reads all blobs through that this process has not seen, one after the other, and sets aside what is damaged.
    ///
    /// What cannot be read is logged, and left as it is.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    package func inspect() async throws {
        let ids = try FileManager.default.contentsOfDirectory(atPath: folder)
            .compactMap { try? BlobID($0) }  // other files are none of ours
            .filter { id in seen.withLock { $0[id] == nil } }
        guard !ids.isEmpty else { return }
        logger.info("verifying the blobs that are kept", metadata: ["blobs": "\(ids.count)"])
        var good = 0
        for (index, id) in ids.enumerated() {
            try Task.checkCancellation()
            do {
                if try await file(of: id) != nil { good += 1 }
            } catch let error as CancellationError {
                throw error
            } catch {
                logger.error("a blob cannot be read", metadata: ["blob.id": "\(id)", "error": "\(error)"])
            }
            let tenth = (index + 1) * 10 / ids.count
            guard tenth > index * 10 / ids.count else { continue }
            logger.info(
                tenth == 10 ? "all blobs are verified" : "verifying blobs",
                metadata: ["blobs": "\(index + 1) of \(ids.count)", "good": "\(good)"]
            )
        }
    }

    /// Keeps the bytes of `chunks`, at most `limit` of them, under the ID that they have, and says whether they were new.
    ///
    /// - Throws: ``WalrusError/tooLarge(limit:)``; nothing is kept then.
    func keep(
        _ chunks: some AsyncSequence<[UInt8], any Error>,
        upTo limit: Int
    ) async throws -> (blob: StoredBlob, isNew: Bool) {
        let file = try PartialFile(for: "\(folder)/incoming")
        for try await chunk in chunks {
            guard file.size + chunk.count <= limit else { throw WalrusError.tooLarge(limit: limit) }
            try file.append(chunk)
        }
        let (encoder, path) = (encoder, file.temporaryPath)
        let blob = try await BackgroundWork.run { try encoder.blob(atPath: path, isCancelled: $0) }
        let isNew = try await self.file(of: blob.id) == nil
        if isNew { try keep(file, as: blob.id) }
        return (blob, isNew)
    }

    /// Keeps bytes that are at hand, such as the demo's dataset, under an ID that is known to be theirs.
    package func keep(_ bytes: [UInt8], knownAs id: BlobID) throws(WalrusError) {
        let file = try PartialFile(for: path(of: id))
        try file.append(bytes)
        try keep(file, as: id)
    }

    private func keep(_ file: PartialFile, as id: BlobID) throws(WalrusError) {
        try file.keep(as: path(of: id))
        let stamp = try BlobFile(path: path(of: id))?.stamp
        seen.withLock { $0[id] = stamp }
    }

    private func isIntact(_ id: BlobID, _ file: BlobFile) async throws -> Bool {
        if seen.withLock({ $0[id] == file.stamp }) { return true }
        let encoder = encoder
        let found = try await BackgroundWork.run {
            try encoder.blob(in: MappedFile(descriptor: file.descriptor, path: file.path), isCancelled: $0)
        }
        if found.id == id {
            if file.isUnchanged { seen.withLock { $0[id] = file.stamp } }
            return true
        }
        try setAside(file, id, found.id)
        return false
    }

    private func setAside(_ file: BlobFile, _ id: BlobID, _ found: BlobID) throws(WalrusError) {
        // Somebody may have put it anew in the meantime.
        guard file.hasItsName else { return }
        guard rename(file.path, "\(file.path).damaged") == 0 else {
            throw .file("cannot set \(file.path) aside: \(String(cString: strerror(errno)))")
        }
        logger.warning(
            "a blob's file was damaged and is set aside",
            metadata: ["blob.id": "\(id)", "found.id": "\(found)", "path": "\(file.path).damaged"]
        )
    }

    private func path(of id: BlobID) -> String { "\(folder)/\(id)" }
}
