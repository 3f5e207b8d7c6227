import Contract
package import Foundation
import Store

/// The folder for what workers wrote for a chat, until it is sent: a file per job, forgotten after a day.
package struct AnswerShelf: Sendable {
    private let folder: String
    private let limit: Int

    /// How long files are kept, in seconds: a chat may be out of reach for a while.
    private static let age: TimeInterval = 86_400

    package init(folder: String, limit: Int = AnswerFile.limit) {
        self.folder = folder
        self.limit = limit
    }

    package func path(ofJob id: Int64) -> String { "\(folder)/job-\(id)" }

    /// Keeps the bytes of `chunks` for the job, over what was kept for it before; nothing of them where they are too many.
    ///
    /// - Throws: ``FileFault/tooLarge(limit:)``; ``StoreError/away(_:)`` where the disk does not take them.
    package func keep(_ chunks: some AsyncSequence<[UInt8], any Error>, forJob id: Int64) async throws {
        let part = URL(filePath: "\(path(ofJob: id)).\(UUID().uuidString)")
        let handle = try Self.onDisk {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data().write(to: part, options: .withoutOverwriting)
            return try FileHandle(forWritingTo: part)
        }
        defer { try? handle.close() }  // what could not be written has been thrown before
        do {
            var size = 0
            for try await chunk in chunks {
                size += chunk.count
                guard size <= limit else { throw FileFault.tooLarge(limit: limit) }
                try Self.onDisk { try handle.write(contentsOf: chunk) }
            }
            try Self.onDisk {
                try handle.synchronize()
                // In one step, over a former one.
                guard rename(part.path(percentEncoded: false), path(ofJob: id)) == 0 else {
                    throw CocoaError(.fileWriteUnknown)
                }
            }
        } catch {
            try? FileManager.default.removeItem(at: part)  // else it is forgotten with age
            throw error
        }
    }

    private static func onDisk<Value>(_ work: () throws -> Value) throws(StoreError) -> Value {
        do {
            return try work()
        } catch {
            throw .away(error.localizedDescription)
        }
    }

    /// Forgets what is older than a day.
    package func tidy(now: Date) {
        let files = FileManager.default
        let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []  // none yet
        for name in names {
            let file = "\(folder)/\(name)"
            let changed = try? files.attributesOfItem(atPath: file)[.modificationDate] as? Date
            guard let changed, now.timeIntervalSince(changed) > Self.age else { continue }
            try? files.removeItem(atPath: file)  // the next tidying tries again
        }
    }
}
