import Contract
import Foundation
import Logging
import Support
import Synchronization
import Testing
import Walrus

@testable import WalrusServer

@Suite("The folder of blobs", .timeLimit(.minutes(1)))
struct BlobStoreTests {
    fileprivate static let content = Array("what is to be kept".utf8)

    /// Gives `body` a folder with one blob in it, kept by a store that is gone.
    fileprivate func withKept(_ body: (String, StoredBlob) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let (blob, isNew) = try await store(folder).keep(chunks(Self.content), upTo: 100)
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

    @Test("what was kept is there after a new start, and is not new again")
    func kept() async throws {
        try await withKept { folder, blob in
            let store = try store(folder)
            let file = try #require(try await store.file(of: blob.id))
            #expect(file.size == Self.content.count)
            #expect(FileManager.default.contents(atPath: file.path) == Data(Self.content))
            #expect(try await store.keep(chunks(Self.content), upTo: 100).isNew == false)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["\(blob.id)"])
        }
    }

    @Test("a put that breaks or is too long leaves nothing")
    func broken() async throws {
        try await withTemporaryFolder { folder in
            let store = try store(folder)
            await #expect(throws: WalrusError.tooLarge(limit: 17)) {
                _ = try await store.keep(chunks(Self.content), upTo: 17)
            }
            let broken = AsyncThrowingStream<[UInt8], any Error> { continuation in
                continuation.yield(Self.content)
                continuation.finish(throwing: CancellationError())
            }
            await #expect(throws: CancellationError.self) {
                _ = try await store.keep(broken, upTo: 100)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test(
        "what a killed process left unfinished is cleared away at the start, but not what a living one writes"
    )
    func leftovers() async throws {
        try await withKept { folder, blob in
            try Data("half".utf8).write(to: URL(filePath: "\(folder)/incoming.123.part"))
            let living = try PartialFile(for: "\(folder)/incoming")
            _ = try store(folder)
            #expect(FileManager.default.fileExists(atPath: living.temporaryPath))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
        }
    }

    @Test(
        "a file whose bytes are not its name's is set aside with a warning, never served, and may be put anew"
    )
    func damaged() async throws {
        try await withKept { folder, blob in
            try Data("what was to be kept".utf8).write(to: URL(filePath: "\(folder)/\(blob.id)"))
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
            #expect(warnings.withLock { $0 } == ["a blob's file was damaged and is set aside"])
            #expect(try await store.keep(chunks(Self.content), upTo: 100).isNew)
            #expect(try await store.file(of: blob.id)?.size == Self.content.count)
        }
    }
}

extension BlobStoreTests {
    @Test("a blob that is changed after it was seen is no longer trusted, and the right bytes replace it")
    func damagedLater() async throws {
        try await withTemporaryFolder { folder in
            let store = try store(folder)
            let (blob, _) = try await store.keep(chunks(Self.content), upTo: 100)
            let path = "\(folder)/\(blob.id)"
            #expect(try await store.file(of: blob.id) != nil)
            // As many bytes as before, in the same file, and as if nothing had happened.
            let date = try #require(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate])
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            try handle.write(contentsOf: Data("WHAT".utf8))
            try handle.close()
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
            #expect(try await store.keep(chunks(Self.content), upTo: 100).isNew)
            #expect(FileManager.default.contents(atPath: path) == Data(Self.content))
            #expect(FileManager.default.fileExists(atPath: "\(path).damaged"))
        }
    }

    @Test(
        "an inspection reads through what is kept, sets aside what is damaged, and ends when it is cancelled"
    )
    func inspection() async throws {
        try await withKept { folder, blob in
            let damaged = BlobID(bytes: Array(1...32))
            try Data("not this".utf8).write(to: URL(filePath: "\(folder)/\(damaged)"))
            try Data("a note".utf8).write(to: URL(filePath: "\(folder)/README"))
            let store = try store(folder)
            let cancelled = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await store.inspect()
            }
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(damaged)"))
            try await store.inspect()
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(Set(names) == ["\(blob.id)", "\(damaged).damaged", "README"])
        }
    }
}

/// Hands warnings over.
private struct Warnings: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.warning
    private let take: @Sendable (String) -> Void

    init(_ take: @escaping @Sendable (String) -> Void) { self.take = take }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { take("\(event.message)") }
}
