import Contract
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import Support
import Testing
import Walrus

@Suite("Reading and storing blobs", .timeLimit(.minutes(1)))
struct WalrusClientTests {
    @Test("what was stored comes back byte for byte", arguments: [0, 1, 3_858, 100_000, Shelf.sizeLimit])
    func roundTrip(_ size: Int) async throws {
        try await Shelf.serve { shelf in
            let (path, blob) = try shelf.file(size: size)
            let stored = try await shelf.client.store(file: path, as: blob, epochs: 5)
            #expect((stored.id, stored.size, stored.source) == (blob.id, size, .stored))
            #expect(stored.endEpoch == 5)
            let copy = "\(shelf.folder)/copy"
            #expect(try await shelf.client.fetch(blob.id, to: copy) == blob)
            #expect(FileManager.default.contentsEqual(atPath: path, andPath: copy))
            #expect(try await shelf.client.store(file: path, as: blob, epochs: 5).source == .wasCertified)
        }
    }

    @Test("where only what is missing is to be stored, what is there is not sent again")
    func onlyIfMissing() async throws {
        try await Shelf.serve { shelf in
            let (path, blob) = try shelf.file(size: 99)
            let first = try await shelf.client.store(file: path, as: blob, epochs: 5, onlyIfMissing: true)
            #expect((first.source, first.endEpoch) == (.stored, 5))
            let second = try await shelf.client.store(file: path, as: blob, epochs: 5, onlyIfMissing: true)
            // Nobody but the publisher would have told an end.
            #expect((second.source, second.endEpoch) == (.seen, nil))
        }
    }

    @Test("a blob that nobody has is not found, and leaves no file")
    func missing() async throws {
        try await Shelf.serve { shelf in
            let id = BlobID(bytes: Array(1...32))
            await #expect(throws: WalrusError.notFound(id)) {
                try await shelf.client.fetch(id, to: "\(shelf.folder)/copy")
            }
            let left = try shelf.files()
            #expect(left == [])
        }
    }

    @Test("a blob over the server's limit is refused as too large")
    func tooLarge() async throws {
        try await Shelf.serve { shelf in
            let (path, blob) = try shelf.file(size: Shelf.sizeLimit + 1)
            await #expect(throws: WalrusError.tooLarge(limit: nil)) {
                _ = try await shelf.client.store(file: path, as: blob, epochs: 5)
            }
        }
    }

    @Test("who may not is told so", arguments: [nil, "wrong"])
    func unauthorized(_ bearer: String?) async throws {
        try await Shelf.serve(bearer: "lease", clientBearer: bearer ?? "") { shelf in
            let (path, blob) = try shelf.file(size: 10)
            for call in [
                { _ = try await shelf.client.store(file: path, as: blob, epochs: 5) },
                { _ = try await shelf.client.fetch(blob.id, to: "\(shelf.folder)/copy") },
            ] as [@Sendable () async throws -> Void] {
                let error = await #expect(throws: WalrusError.self) { try await call() }
                guard case .unauthorized? = error else { throw Unexpected(error) }
            }
        }
    }

    @Test("bytes that are not the blob's are refused, and leave no file")
    func lyingAggregator() async throws {
        try await lie(get: "something else") { shelf, liar, blob in
            let other = try shelf.encoder.blobID(of: Array("something else".utf8).span)
            await #expect(throws: WalrusError.mismatch(expected: blob.id, got: other)) {
                try await liar.fetch(blob.id, to: "\(shelf.folder)/copy")
            }
            let left = try shelf.files()
            #expect(left == ["data"])
        }
    }

    @Test("where one aggregator fails or lies, the next is asked")
    func nextAggregator() async throws {
        try await Shelf.serve { shelf in
            let (path, blob) = try shelf.file(size: 99)
            _ = try await shelf.client.store(file: path, as: blob, epochs: 5)
            try await withLoopbackServer(Self.liar(get: "something else")) { liar in
                let dead = try BaseURL("http://127.0.0.1:9")
                let client = WalrusClient.make([dead, liar, shelf.address], encoder: shelf.encoder)
                #expect(try await client.fetch(blob.id, to: "\(shelf.folder)/copy") == blob)
            }
        }
    }

    private static let other = BlobID(bytes: Array(1...32))

    @Test(
        "a publisher's answer that does not fit what was sent is an error",
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
                "does not say whether as permanent"
            ),
            (#"{"error":{"errorMsg":"no money"}}"#, "no money"),
            (#"{"markedInvalid":{}}"#, "markedInvalid"),
            ("<html>", "<html>"),
            ("", ""),
        ]
    )
    func lyingPublisher(_ answer: String, _ words: String) async throws {
        try await Shelf.serve { shelf in
            let (path, blob) = try shelf.file(size: 99)
            let router = Router()
            router.put("v1/blobs") { _, _ in answer.replacing("BLOB", with: "\(blob.id)") }
            try await withLoopbackServer(router) { liar in
                let client = WalrusClient.make([liar], encoder: shelf.encoder)
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

    @Test("a server that breaks off in the middle is a Walrus that is away, and leaves no file")
    func brokenOff() async throws {
        try await Shelf.serve { shelf in
            try await withRawServer { connection in
                _ = try await connection.readHead()
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
                try await connection.reset()
            } _: { server in
                let client = WalrusClient.make([server], encoder: shelf.encoder)
                let error = await #expect(throws: WalrusError.self) {
                    try await client.fetch(Self.other, to: "\(shelf.folder)/copy")
                }
                #expect(error?.isTemporary == true)
                let left = try shelf.files()
                #expect(left == [])
            }
        }
    }

    @Test("a cancelled fetch ends and leaves no file")
    func cancelled() async throws {
        try await Shelf.serve { shelf in
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            try await withRawServer { connection in
                _ = try await connection.readHead()
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
                start.yield()
                _ = try await connection.readHead()
            } _: { server in
                let client = WalrusClient.make([server], encoder: shelf.encoder)
                let fetch = Task { try await client.fetch(Self.other, to: "\(shelf.folder)/copy") }
                _ = await started.first { _ in true }
                fetch.cancel()
                await #expect(throws: CancellationError.self) { try await fetch.value }
                let left = try shelf.files()
                #expect(left == [])
            }
        }
    }

    /// Runs `body` with a shelf, a client whose Walrus answers every read with `text`, and a blob of the shelf's.
    private func lie(
        get text: String,
        _ body: @escaping @Sendable (Shelf, WalrusClient, StoredBlob) async throws -> Void
    ) async throws {
        try await Shelf.serve { shelf in
            let (_, blob) = try shelf.file(size: 99)
            try await withLoopbackServer(Self.liar(get: text)) { liar in
                let client = WalrusClient.make([liar], encoder: shelf.encoder)
                try await body(shelf, client, blob)
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
