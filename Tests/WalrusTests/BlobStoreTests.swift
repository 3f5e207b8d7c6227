import Contract
import Foundation
import Logging
import Support
import Synchronization
import Testing
import Walrus

@testable import WalrusServer

@Suite("Blob store", .timeLimit(.minutes(10)))
struct BlobStoreTests {
    fileprivate static let content = Array("bytes of the blob ".utf8)

    /// Calls `body` with a folder that contains one blob; the store that wrote it was released.
    fileprivate func withStoredBlob(_ body: (String, StoredBlob) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let (blob, isNew) = try await store(folder).store(chunks(Self.content), upTo: 100)
            #expect(isNew)
            try await body(folder, blob)
        }
    }

    fileprivate func store(_ folder: String, logger: Logger = .silent) throws -> BlobStore {
        try BlobStore(folder: folder, encoder: BlobEncoder(shards: 7), logger: logger)
    }

    fileprivate func chunks(_ bytes: [UInt8]) -> AsyncThrowingStream<[UInt8], any Error> {
        AsyncThrowingStream { continuation in
            for byte in bytes { continuation.yield([byte]) }
            continuation.finish()
        }
    }

    @Test("a blob is still stored after a restart")
    func stored() async throws {
        try await withStoredBlob { folder, blob in
            let store = try store(folder)
            let file = try #require(try await store.file(of: blob.id))
            #expect(file.size == Self.content.count)
            #expect(FileManager.default.contents(atPath: file.path) == Data(Self.content))
            #expect(try await store.store(chunks(Self.content), upTo: 100).isNew == false)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["\(blob.id)"])
        }
    }

    @Test("an upload that fails or is too large leaves no file")
    func broken() async throws {
        try await withTemporaryFolder { folder in
            let store = try store(folder)
            await #expect(throws: WalrusError.tooLarge(limit: 17)) {
                _ = try await store.store(chunks(Self.content), upTo: 17)
            }
            let broken = AsyncThrowingStream<[UInt8], any Error> { continuation in
                continuation.yield(Self.content)
                continuation.finish(throwing: CancellationError())
            }
            await #expect(throws: CancellationError.self) {
                _ = try await store.store(broken, upTo: 100)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test(
        "at start, temporary files of killed processes are removed, and those of running processes are not"
    )
    func leftovers() async throws {
        try await withStoredBlob { folder, blob in
            try Data("half".utf8).write(to: URL(filePath: "\(folder)/incoming.123.part"))
            let running = try PartialFile(for: "\(folder)/incoming")
            _ = try store(folder)
            #expect(FileManager.default.fileExists(atPath: running.temporaryPath))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
        }
    }

    @Test(
        "a damaged blob is quarantined with a warning and not served, and can be stored again"
    )
    func damaged() async throws {
        try await withStoredBlob { folder, blob in
            try Data("BYTES of the blob ".utf8).write(to: URL(filePath: "\(folder)/\(blob.id)"))
            let warnings = Mutex<[String]>([])
            let store = try store(
                folder,
                logger: Logger(label: "store") { _ in
                    Warnings { warning in
                        warnings.withLock { $0.append(warning) }
                    }
                }
            )
            #expect(try await store.file(of: blob.id) == nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["\(blob.id).damaged"])
            #expect(warnings.withLock { $0 } == ["quarantined a damaged blob"])
            #expect(try await store.store(chunks(Self.content), upTo: 100).isNew)
            #expect(try await store.file(of: blob.id)?.size == Self.content.count)
        }
    }
}

extension BlobStoreTests {
    @Test("a blob that changes after it was verified is verified again, and can be stored again")
    func damagedLater() async throws {
        try await withTemporaryFolder { folder in
            let store = try store(folder)
            let (blob, _) = try await store.store(chunks(Self.content), upTo: 100)
            let path = "\(folder)/\(blob.id)"
            #expect(try await store.file(of: blob.id) != nil)
            // Change the file without changing its size, its inode or its modification time.
            let date = try #require(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate])
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            try handle.write(contentsOf: Data("BYTE".utf8))
            try handle.close()
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
            #expect(try await store.store(chunks(Self.content), upTo: 100).isNew)
            #expect(FileManager.default.contents(atPath: path) == Data(Self.content))
            #expect(FileManager.default.fileExists(atPath: "\(path).damaged"))
        }
    }

    @Test(
        "verifyAll quarantines damaged blobs, and stops when it is cancelled"
    )
    func verifyAll() async throws {
        try await withStoredBlob { folder, blob in
            let damaged = BlobID(bytes: Array(1...32))
            try Data("not this".utf8).write(to: URL(filePath: "\(folder)/\(damaged)"))
            try Data("a note".utf8).write(to: URL(filePath: "\(folder)/README"))
            let store = try store(folder)
            let cancelled = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await store.verifyAll()
            }
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(damaged)"))
            try await store.verifyAll()
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(Set(names) == ["\(blob.id)", "\(damaged).damaged", "README"])
        }
    }
}

/// Passes warnings to a closure.
private struct Warnings: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.warning
    private let onWarning: @Sendable (String) -> Void

    init(_ onWarning: @escaping @Sendable (String) -> Void) { self.onWarning = onWarning }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { onWarning("\(event.message)") }
}
