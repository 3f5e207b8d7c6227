package import Contract
import Foundation
import Glibc
package import Logging
import Synchronization
package import Walrus

/// The blobs of the embedded Walrus server: a folder with one file per blob, named by the blob's ID.
///
/// A file gets the name of its blob only after all bytes are on the disk. A blob is verified before it is served if
/// another process has written it or if its file has changed. To verify means to compute the ID of the bytes again,
/// in ``verifyAll()`` or at the first request. A file whose bytes have another ID is quarantined: renamed to
/// `<ID>.damaged`.
package final class BlobStore: Sendable {
    private let folder: String
    private let encoder: BlobEncoder
    let logger: Logger
    /// The stamps of the files whose IDs this process has verified.
    private let verified = Mutex<[BlobID: BlobFile.Stamp]>([:])
    let ledger: Ledger

    /// Opens the folder, creates it if needed, and removes the temporary files of interrupted uploads.
    package init(folder: String, encoder: BlobEncoder, logger: Logger) throws(WalrusError) {
        self.folder = folder
        self.encoder = encoder
        self.logger = logger
        ledger = Ledger(folder: folder)
        var isFolder: ObjCBool = true
        guard !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) || isFolder.boolValue
        else {
            throw .file("cannot store blobs in \(folder): it is a file, not a folder")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try PartialFile.removeAbandoned(in: folder)
        } catch {
            throw .file("cannot use the folder \(folder): \(error.localizedDescription)")
        }
    }

    /// The verified file of the blob; nil if the blob is not in this store, or the file is damaged.
    func file(of id: BlobID) async throws -> BlobFile? {
        guard let file = try BlobFile(path: path(of: id)) else { return nil }
        return try await isIntact(id, file) ? file : nil
    }

    /// Verifies all blobs that this process has not verified yet, and quarantines damaged ones.
    ///
    /// A file that cannot be read is logged and not changed.
    ///
    /// - Throws: `CancellationError` when the task is cancelled; an error if the folder cannot be listed.
    package func verifyAll() async throws {
        let ids = try FileManager.default.contentsOfDirectory(atPath: folder)
            .compactMap { try? BlobID($0) }  // Files with other names are not blobs.
            .filter { id in verified.withLock { $0[id] == nil } }
        guard !ids.isEmpty else { return }
        logger.info("verifying the stored blobs", metadata: ["blobs": "\(ids.count)"])
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
                tenth == 10 ? "the verification of the blobs has ended" : "verifying blobs",
                metadata: ["blobs": "\(index + 1) of \(ids.count)", "good": "\(good)"]
            )
        }
    }

    /// Stores the bytes of `chunks` under their computed ID.
    ///
    /// `isNew` is false if the blob was already stored. If there are more than `limit` bytes, nothing is stored.
    ///
    /// - Throws: ``WalrusError/tooLarge(limit:)`` if there are more than `limit` bytes; ``WalrusError/file(_:)``;
    ///   ``EncodingError``; an error of `chunks`; `CancellationError`.
    func store(
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
        if isNew { try commit(file, as: blob.id) }
        return (blob, isNew)
    }

    /// Stores bytes whose ID is already known, such as those of the demo's dataset.
    package func store(_ bytes: [UInt8], knownAs id: BlobID) throws(WalrusError) {
        let file = try PartialFile(for: path(of: id))
        try file.append(bytes)
        try commit(file, as: id)
    }

    private func commit(_ file: PartialFile, as id: BlobID) throws(WalrusError) {
        try file.commit(as: path(of: id))
        let stamp = try BlobFile(path: path(of: id))?.stamp
        verified.withLock { $0[id] = stamp }
    }

    private func isIntact(_ id: BlobID, _ file: BlobFile) async throws -> Bool {
        if verified.withLock({ $0[id] == file.stamp }) { return true }
        let encoder = encoder
        let found = try await BackgroundWork.run {
            try encoder.blob(in: MappedFile(descriptor: file.descriptor, path: file.path), isCancelled: $0)
        }
        if found.id == id {
            if file.isUnchanged { verified.withLock { $0[id] = file.stamp } }
            return true
        }
        try quarantine(file, id, found.id)
        return false
    }

    private func quarantine(_ file: BlobFile, _ id: BlobID, _ found: BlobID) throws(WalrusError) {
        // A new upload may have replaced the file in the meantime.
        guard file.isAtPath else { return }
        guard rename(file.path, "\(file.path).damaged") == 0 else {
            throw .file("cannot rename \(file.path): \(String(cString: strerror(errno)))")
        }
        logger.warning(
            "quarantined a damaged blob",
            metadata: ["blob.id": "\(id)", "found.id": "\(found)", "path": "\(file.path).damaged"]
        )
    }

    private func path(of id: BlobID) -> String { "\(folder)/\(id)" }
}
