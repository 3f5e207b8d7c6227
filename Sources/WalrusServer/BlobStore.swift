package import Contract
import Foundation
import Glibc
package import Logging
import Synchronization
package import Walrus

/// A folder of blobs, each a file named by its ID: what the embedded Walrus keeps.
///
/// A file gets its name only once its bytes are on the disk. One that was there before this process was is read through
/// before it is served the first time; where its bytes are not those that its name says, it is set aside.
package final class BlobStore: Sendable {
    private let folder: String
    private let encoder: BlobEncoder
    private let logger: Logger
    /// Blobs whose bytes this process has seen.
    private let seen = Mutex<Set<BlobID>>([])

    /// A blob that is kept here, checked.
    struct File: Sendable {
        let path: String
        let size: Int
    }

    /// Opens the folder, creating it as needed, and clears away what puts have left that came to no end.
    package init(folder: String, encoder: BlobEncoder, logger: Logger) throws(WalrusError) {
        self.folder = folder
        self.encoder = encoder
        self.logger = logger
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try PartialFile.removeAbandoned(in: folder)
        } catch {
            throw .file("cannot use the folder \(folder): \(error.localizedDescription)")
        }
    }

    /// The blob's file; nil where it is not kept here, or not as it was.
    func file(of id: BlobID) async throws -> File? {
        let path = path(of: id)
        guard let size = try Self.size(ofFileAt: path) else { return nil }
        guard try await isIntact(id, path) else { return nil }
        return File(path: path, size: size)
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
        seen.withLock { _ = $0.insert(id) }
    }

    private func isIntact(_ id: BlobID, _ path: String) async throws -> Bool {
        if seen.withLock({ $0.contains(id) }) { return true }
        let encoder = encoder
        let found = try await BackgroundWork.run { try encoder.blob(atPath: path, isCancelled: $0) }
        guard found.id != id else {
            seen.withLock { _ = $0.insert(id) }
            return true
        }
        guard rename(path, "\(path).damaged") == 0 else {
            throw WalrusError.file("cannot set \(path) aside: \(String(cString: strerror(errno)))")
        }
        logger.warning(
            "a blob's file was damaged and is set aside",
            metadata: ["blob.id": "\(id)", "found.id": "\(found.id)", "path": "\(path).damaged"]
        )
        return false
    }

    private func path(of id: BlobID) -> String { "\(folder)/\(id)" }

    private static func size(ofFileAt path: String) throws -> Int? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }
}
