import Crypto
package import Foundation
import Glibc
import Store

/// A file of a post while its bytes arrive.
package final class AttachmentWriter {
    /// A file that is complete and safe on the disk.
    package struct Stored: Equatable, Sendable {
        /// Its name in the folder of attachments.
        package let name: String
        /// In bytes.
        package let size: Int
        /// Its first bytes, which show its type.
        package let head: [UInt8]
        /// SHA-256 of its bytes.
        package let digest: Data
    }

    private let folder: String
    private let name: String
    private let limit: Int
    private let handle: FileHandle
    private var size = 0
    private var hash = SHA256()
    private var head: [UInt8] = []

    /// The number of first bytes that are kept; the types of pictures need twelve.
    private static let headLength = 512

    init(folder: String, limit: Int) throws {
        (self.folder, self.limit, name) = (folder, limit, UUID().uuidString.lowercased())
        let file = URL(filePath: "\(folder)/\(name)")
        handle = try Self.onDisk {
            try Self.create(folder: folder)
            try Data().write(to: file, options: .withoutOverwriting)
            return try FileHandle(forWritingTo: file)
        }
    }

    /// - Throws: ``AttachmentError/tooLarge(limit:)``; ``StoreError/unavailable(_:)``.
    package func append(_ bytes: [UInt8]) throws {
        size += bytes.count
        guard size <= limit else { throw AttachmentError.tooLarge(limit: limit) }
        hash.update(data: bytes)
        head += bytes.prefix(Self.headLength - head.count)
        try Self.onDisk { try handle.write(contentsOf: bytes) }
    }

    /// Ends the file; after that, it survives a power failure.
    package func finish() throws -> Stored {
        try Self.onDisk {
            try handle.synchronize()
            try handle.close()
            try Self.synchronize(folder: folder)
        }
        return Stored(name: name, size: size, head: head, digest: Data(hash.finalize()))
    }

    /// Deletes the file; if that fails, the pruner does it.
    package func discard() {
        try? handle.close()
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }

    /// Creates the folder if there is none; its own name must survive a power failure, too.
    private static func create(folder: String) throws {
        guard !FileManager.default.fileExists(atPath: folder) else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try synchronize(folder: "\(folder)/..")
    }

    /// Makes the names in the folder survive a power failure.
    private static func synchronize(folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    private static func onDisk<Value>(_ work: () throws -> Value) throws(StoreError) -> Value {
        do {
            return try work()
        } catch {
            throw .unavailable(error.localizedDescription)
        }
    }
}
