import Contract
import Foundation
import HTTP
import Support
import Testing
import Walrus

/// A blob in a file, a path for its download, and clients that do not wait between attempts.
struct TransferFixture: Sendable {
    let folder: String
    let blob: StoredBlob
    let encoder: BlobEncoder

    var path: String { "\(folder)/blob" }
    var copy: String { "\(folder)/copy" }

    static func make(
        _ content: [UInt8],
        shards: Int = 7,
        _ body: @escaping @Sendable (TransferFixture) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let encoder = try BlobEncoder(shards: shards)
            let blob = StoredBlob(id: try encoder.blobID(of: content.span), size: content.count)
            let fixture = TransferFixture(folder: folder, blob: blob, encoder: encoder)
            try Data(content).write(to: URL(filePath: fixture.path))
            try await body(fixture)
        }
    }

    func client(
        _ walrus: FaultyWalrus...,
        tries: Int = 5,
        clock: any Clock<Duration> = InstantClock(),
        idleTimeout: Duration = .seconds(30)
    ) -> WalrusClient {
        .make(walrus.map(\.address), tries: tries, clock: clock, idleTimeout: idleTimeout, encoder: encoder)
    }

    /// Expects that the client downloads the blob and leaves no other file.
    func expectFetch(by client: WalrusClient) async throws {
        #expect(try await client.fetch(blob.id, to: copy) == blob)
        #expect(FileManager.default.contentsEqual(atPath: path, andPath: copy))
        try FileManager.default.removeItem(atPath: copy)
        try expectNoOtherFile()
    }

    func expectNoOtherFile() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files == ["blob"])
    }
}
