package import Foundation

/// The folder of the files that scripts have posted to topics.
///
/// A file is written before the post that names it is stored. It is deleted once no message needs it any more.
package struct AttachmentFiles: Sendable {
    /// The largest file, in bytes.
    package let limit: Int
    private let folder: String
    private let freeSpace: @Sendable (_ folder: String) -> Int?

    /// The default of ``limit``: the limit of ntfy.sh.
    package static let defaultLimit = 15 << 20
    /// The age at which a file that no message needs is deleted, in seconds.
    ///
    /// A younger file may belong to a post that is being stored.
    private static let graceTime: TimeInterval = 3_600

    /// Uses the folder at `folder`; `freeSpace` returns the free bytes of its disk, or nil if they are unknown.
    package init(
        folder: String,
        limit: Int = defaultLimit,
        freeSpace: @escaping @Sendable (_ folder: String) -> Int? = Self.freeBytes
    ) {
        (self.folder, self.limit, self.freeSpace) = (folder, limit, freeSpace)
    }

    package func path(of name: String) -> String { "\(folder)/\(name)" }

    /// Begins a new file.
    ///
    /// - Throws: ``AttachmentError/diskFull(reserve:)`` if less than ten times the limit is free on the disk;
    ///   ``StoreError/unavailable(_:)`` if the file cannot be created.
    package func begin() throws -> AttachmentWriter {
        let writer = try AttachmentWriter(folder: folder, limit: limit)
        if let free = freeSpace(folder), free < limit * 10 {
            writer.discard()
            throw AttachmentError.diskFull(reserve: limit * 10)
        }
        return writer
    }

    /// Deletes the file; if that fails, the pruner does it.
    package func remove(_ name: String) {
        try? FileManager.default.removeItem(atPath: path(of: name))
    }

    /// Deletes the files that no message needs, unless they are younger than `grace`, in seconds.
    package func removeFiles(except needed: Set<String>, grace: TimeInterval = graceTime, now: Date) {
        let files = FileManager.default
        let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []  // There is no folder yet.
        for name in names where !needed.contains(name) {
            let changed = try? files.attributesOfItem(atPath: path(of: name))[.modificationDate] as? Date
            guard let changed, now.timeIntervalSince(changed) >= grace else { continue }
            try? files.removeItem(atPath: path(of: name))  // The next pruning tries again.
        }
    }

    /// The free bytes of the disk of `folder`; nil if they cannot be told.
    @Sendable package static func freeBytes(of folder: String) -> Int? {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
    }
}

/// Why a file of a post is not stored.
package enum AttachmentError: Error, Equatable {
    /// `limit` is in bytes.
    case tooLarge(limit: Int)
    /// Less than `reserve` bytes are free on the disk.
    case diskFull(reserve: Int)
}
