package import Contract
package import Foundation
import Store

/// The folder of the files that workers have made for chats: one file for each job, deleted after a day.
package struct AnswerFiles: Sendable {
    private let folder: String
    private let limit: Int

    /// The age at which files are deleted, in seconds; before that age, the courier may still have to send them.
    private static let longestAge: TimeInterval = 86_400

    package init(folder: String, limit: Int = AnswerFile.limit) {
        self.folder = folder
        self.limit = limit
    }

    package func path(ofJob id: JobID) -> String { "\(folder)/job-\(id)" }

    /// Stores the bytes of `chunks` as the job's file, which replaces an older file of the job.
    ///
    /// - Throws: ``FileFault/tooLarge(limit:)``, ``StoreError/unavailable(_:)`` if the file cannot be written, or an
    ///   error of `chunks`. Then nothing is stored, and an older file is kept.
    package func store(_ chunks: some AsyncSequence<[UInt8], any Error>, forJob id: JobID) async throws {
        let part = URL(filePath: "\(path(ofJob: id)).\(UUID().uuidString)")
        let handle = try Self.onDisk {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data().write(to: part, options: .withoutOverwriting)
            return try FileHandle(forWritingTo: part)
        }
        defer { try? handle.close() }  // Errors of writes were already thrown by `synchronize`.
        do {
            var size = 0
            for try await chunk in chunks {
                size += chunk.count
                guard size <= limit else { throw FileFault.tooLarge(limit: limit) }
                try Self.onDisk { try handle.write(contentsOf: chunk) }
            }
            try Self.onDisk {
                try handle.synchronize()
                // Replaces an older file atomically.
                guard rename(part.path(percentEncoded: false), path(ofJob: id)) == 0 else {
                    throw CocoaError(.fileWriteUnknown)
                }
            }
        } catch {
            try? FileManager.default.removeItem(at: part)  // If this fails, `prune` deletes the file.
            throw error
        }
    }

    private static func onDisk<Value>(_ work: () throws -> Value) throws(StoreError) -> Value {
        do {
            return try work()
        } catch {
            throw .unavailable(error.localizedDescription)
        }
    }

    /// Deletes files that are older than a day.
    package func prune(now: Date) {
        let files = FileManager.default
        let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []  // There is no folder yet.
        for name in names {
            let file = "\(folder)/\(name)"
            let changed = try? files.attributesOfItem(atPath: file)[.modificationDate] as? Date
            guard let changed, now.timeIntervalSince(changed) > Self.longestAge else { continue }
            try? files.removeItem(atPath: file)  // The next pruning tries again.
        }
    }
}
