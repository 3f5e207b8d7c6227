import Foundation
import Jobs
package import Store

/// Whether posts can be stored now, found by a small write to the database.
///
/// Only a write tells: a disk can be full, read-only or broken while reads go on. Several requests share a write, so that
/// they cannot keep the disk busy.
package actor StorageCheck {
    /// What the last write found.
    struct Finding: Encodable, Sendable {
        /// Whether posts can be stored.
        let ok: Bool
        /// The free space of the data folder's file system in bytes; nil if it cannot be told.
        let free: Int?
    }

    private let write: @Sendable () async throws -> Void
    private let folder: String
    private var last: (finding: Finding, time: ContinuousClock.Instant)?
    private var running: Task<Finding, Never>?
    private let validity: Duration

    /// - Parameters:
    ///   - folder: the data folder.
    ///   - validity: the time for which a finding holds.
    ///   - write: writes something that survives a power failure.
    package init(
        folder: String,
        validity: Duration = .seconds(3),
        write: @escaping @Sendable () async throws -> Void
    ) {
        self.folder = folder
        self.validity = validity
        self.write = write
    }

    package init(store: SQLiteStore, folder: String) {
        self.init(folder: folder) {
            try await store.write { try $0.set("health", to: "\(Date().timeIntervalSince1970)") }
        }
    }

    func finding() async -> Finding {
        if let last, last.time + validity > .now { return last.finding }
        if let running { return await running.value }
        let task = Task { [write, folder] in
            let hasWritten: Bool
            do {
                try await write()
                hasWritten = true
            } catch {
                hasWritten = false
            }
            return Finding(ok: hasWritten, free: AttachmentFiles.freeBytes(of: folder))
        }
        running = task
        let finding = await task.value
        (running, last) = (nil, (finding, .now))
        return finding
    }
}
