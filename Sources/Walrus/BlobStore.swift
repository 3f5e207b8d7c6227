package import Contract
import Foundation

/// A folder of blobs, each a file named by its ID: what the embedded Walrus keeps.
package struct BlobStore: Sendable {
    package static let defaultSizeLimit = 10 << 20

    /// The largest blob taken, in bytes: what public publishers take, unless raised.
    package let sizeLimit: Int
    private let folder: String
    private let encoder: BlobEncoder

    /// Opens the folder, creating it as needed.
    package init(folder: String, sizeLimit: Int = defaultSizeLimit, encoder: BlobEncoder) throws(WalrusError)
    {
        self.folder = folder
        self.sizeLimit = sizeLimit
        self.encoder = encoder
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .file("cannot create the folder \(folder): \(error.localizedDescription)")
        }
    }

    /// Where the blob's bytes are; nil where it is not kept here.
    package func path(of id: BlobID) -> String? {
        let path = "\(folder)/\(id)"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// In bytes; nil where it is not kept here.
    package func size(of id: BlobID) throws -> Int? {
        guard let path = path(of: id) else { return nil }
        return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }

    /// Keeps the bytes of `chunks` under the ID that they have, and says whether they were new.
    ///
    /// - Throws: ``WalrusError/tooLarge(limit:)`` over the limit; nothing is kept then.
    package func keep(
        _ chunks: some AsyncSequence<[UInt8], any Error>
    ) async throws -> (blob: StoredBlob, isNew: Bool) {
        let file = try PartialFile(for: "\(folder)/incoming")
        for try await chunk in chunks {
            try file.append(chunk)
            guard file.size <= sizeLimit else { throw WalrusError.tooLarge(limit: sizeLimit) }
        }
        let path = file.temporaryPath
        let encoder = encoder
        let blob = try await BackgroundWork.run { try encoder.blob(atPath: path, isCancelled: $0) }
        guard self.path(of: blob.id) == nil else { return (blob, false) }
        try file.keep(as: "\(folder)/\(blob.id)")
        return (blob, true)
    }

    /// Keeps bytes that are at hand, such as the demo's dataset, under an ID that is known to be theirs.
    package func keep(_ bytes: [UInt8], knownAs id: BlobID) throws(WalrusError) {
        guard path(of: id) == nil else { return }
        let file = try PartialFile(for: "\(folder)/\(id)")
        try file.append(bytes)
        try file.keep()
    }
}
