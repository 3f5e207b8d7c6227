import Contract
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import Support
import Testing
import Walrus

@Suite("Reading and storing blobs", .timeLimit(.minutes(10)))
struct WalrusClientTests {
    @Test(
        "a stored blob is downloaded byte for byte",
        arguments: [0, 1, 3_858, 100_000, EmbeddedWalrus.sizeLimit]
    )
    func roundTrip(_ size: Int) async throws {
        try await EmbeddedWalrus.serve { walrus in
            let (path, blob) = try walrus.file(size: size)
            let stored = try await walrus.client.store(file: path, as: blob, epochs: 5)
            #expect((stored.id, stored.size, stored.source) == (blob.id, size, .newlyCreated))
            #expect(stored.endEpoch == 5)
            let copy = "\(walrus.folder)/copy"
            #expect(try await walrus.client.fetch(blob.id, to: copy) == blob)
            #expect(FileManager.default.contentsEqual(atPath: path, andPath: copy))
            #expect(
                try await walrus.client.store(file: path, as: blob, epochs: 5).source == .alreadyCertified
            )
        }
    }

    @Test("with onlyIfMissing a stored blob is not sent again")
    func onlyIfMissing() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let (path, blob) = try walrus.file(size: 99)
            let first = try await walrus.client.store(file: path, as: blob, epochs: 5, onlyIfMissing: true)
            #expect((first.source, first.endEpoch) == (.newlyCreated, 5))
            let second = try await walrus.client.store(file: path, as: blob, epochs: 5, onlyIfMissing: true)
            // Only a publisher reports the end.
            #expect((second.source, second.endEpoch) == (.foundOnAggregator, nil))
        }
    }

    @Test("a blob that no aggregator has is not found and leaves no file")
    func missing() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let id = BlobID(bytes: Array(1...32))
            await #expect(throws: WalrusError.notFound(id)) {
                try await walrus.client.fetch(id, to: "\(walrus.folder)/copy")
            }
            let left = try walrus.files()
            #expect(left == [])
        }
    }

    @Test("a blob over the server's limit is too large")
    func tooLarge() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let (path, blob) = try walrus.file(size: EmbeddedWalrus.sizeLimit + 1)
            await #expect(throws: WalrusError.tooLarge(limit: nil)) {
                _ = try await walrus.client.store(file: path, as: blob, epochs: 5)
            }
        }
    }

    @Test("a missing or wrong token is an authorization error", arguments: [nil, "wrong"])
    func unauthorized(_ bearer: String?) async throws {
        try await EmbeddedWalrus.serve(bearer: "lease", clientBearer: bearer ?? "") { walrus in
            let (path, blob) = try walrus.file(size: 10)
            for call in [
                { _ = try await walrus.client.store(file: path, as: blob, epochs: 5) },
                { _ = try await walrus.client.fetch(blob.id, to: "\(walrus.folder)/copy") },
            ] as [@Sendable () async throws -> Void] {
                let error = await #expect(throws: WalrusError.self) { try await call() }
                guard case .unauthorized? = error else { throw Unexpected(error) }
            }
        }
    }

    @Test("wrong bytes from an aggregator are an error and leave no file")
    func lyingAggregator() async throws {
        try await withLyingAggregator(get: "something else") { walrus, liar, blob in
            let other = try walrus.encoder.blobID(of: Array("something else".utf8).span)
            await #expect(throws: WalrusError.mismatch(expected: blob.id, got: other)) {
                try await liar.fetch(blob.id, to: "\(walrus.folder)/copy")
            }
            let left = try walrus.files()
            #expect(left == ["data"])
        }
    }

    @Test("if an aggregator fails or sends wrong bytes, the next one is used")
    func nextAggregator() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let (path, blob) = try walrus.file(size: 99)
            _ = try await walrus.client.store(file: path, as: blob, epochs: 5)
            try await withLoopbackServer(Self.liar(get: "something else")) { liar in
                let dead = try BaseURL("http://127.0.0.1:9")
                let client = WalrusClient.make([dead, liar, walrus.address], encoder: walrus.encoder)
                #expect(try await client.fetch(blob.id, to: "\(walrus.folder)/copy") == blob)
            }
        }
    }

    private static let other = BlobID(bytes: Array(1...32))

    @Test(
        "a publisher's response that does not match the sent blob is an error",
        arguments: [
            (#"{"alreadyCertified":{"blobId":"\#(other)","endEpoch":9}}"#, "instead of"),
            (
                #"{"newlyCreated":{"blobObject":{"id":"0x1","blobId":"BLOB","size":7,"encodingType":"RS2","storage":{"endEpoch":9}}}}"#,
                "7 bytes instead of 99"
            ),
            (
                #"{"newlyCreated":{"blobObject":{"id":"0x1","blobId":"BLOB","size":99,"encodingType":"RedStuff","storage":{"endEpoch":9}}}}"#,
                "RedStuff"
            ),
            (
                #"{"newlyCreated":{"blobObject":{"id":"0x1","blobId":"BLOB","size":99,"encodingType":"RS2","storage":{"endEpoch":9},"deletable":true}}}"#,
                "deletable"
            ),
            (
                #"{"newlyCreated":{"blobObject":{"id":"0x1","blobId":"BLOB","size":99,"encodingType":"RS2","storage":{"endEpoch":9}}}}"#,
                "does not say that it is permanent"
            ),
            (#"{"error":{"errorMsg":"no money"}}"#, "no money"),
            (#"{"markedInvalid":{}}"#, "markedInvalid"),
            ("<html>", "<html>"),
            ("", ""),
        ]
    )
    func lyingPublisher(_ answer: String, _ words: String) async throws {
        try await EmbeddedWalrus.serve { walrus in
            let (path, blob) = try walrus.file(size: 99)
            let router = Router()
            router.put("v1/blobs") { _, _ in answer.replacing("BLOB", with: "\(blob.id)") }
            try await withLoopbackServer(router) { liar in
                let client = WalrusClient.make([liar], encoder: walrus.encoder)
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await client.store(file: path, as: blob, epochs: 5)
                }
                #expect(error?.isTemporary == false)
                #expect(
                    words.isEmpty || error?.description.contains(words) == true,
                    "\(error?.description ?? "")"
                )
            }
        }
    }

    @Test("a server that closes the connection within the body is a temporary error and leaves no file")
    func brokenOff() async throws {
        try await EmbeddedWalrus.serve { walrus in
            try await withRawServer { connection in
                _ = try await connection.readHead()
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
                try await connection.reset()
            } _: { server in
                let client = WalrusClient.make([server], encoder: walrus.encoder)
                let error = await #expect(throws: WalrusError.self) {
                    try await client.fetch(Self.other, to: "\(walrus.folder)/copy")
                }
                #expect(error?.isTemporary == true)
                let left = try walrus.files()
                #expect(left == [])
            }
        }
    }

    @Test("a cancelled download ends and leaves no file")
    func cancelled() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            try await withRawServer { connection in
                _ = try await connection.readHead()
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
                start.yield()
                _ = try await connection.readHead()
            } _: { server in
                let client = WalrusClient.make([server], encoder: walrus.encoder)
                let fetch = Task { try await client.fetch(Self.other, to: "\(walrus.folder)/copy") }
                _ = await started.first { _ in true }
                fetch.cancel()
                await #expect(throws: CancellationError.self) { try await fetch.value }
                let left = try walrus.files()
                #expect(left == [])
            }
        }
    }

    /// Runs `body` with a server, a client whose aggregator answers every read with `text`, and a blob.
    private func withLyingAggregator(
        get text: String,
        _ body: @escaping @Sendable (EmbeddedWalrus, WalrusClient, StoredBlob) async throws -> Void
    ) async throws {
        try await EmbeddedWalrus.serve { walrus in
            let (_, blob) = try walrus.file(size: 99)
            try await withLoopbackServer(Self.liar(get: text)) { liar in
                let client = WalrusClient.make([liar], encoder: walrus.encoder)
                try await body(walrus, client, blob)
            }
        }
    }

    private static func liar(get text: String) -> Router<BasicRequestContext> {
        let router = Router()
        router.get("v1/blobs/:id") { _, _ in text }
        return router
    }
}

struct Unexpected: Error {
    let error: (any Error)?
    init(_ error: (any Error)?) { self.error = error }
}
