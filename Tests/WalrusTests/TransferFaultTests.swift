import Contract
import Foundation
import HTTP
import Support
import Synchronization
import Testing
import Walrus

@Suite("Transfers over unreliable connections", .timeLimit(.minutes(10)))
struct TransferFaultTests {
    private static let content = Array("a blob that is small enough to be broken anywhere".utf8)

    @Test(
        "a download that breaks at any byte is completed",
        arguments: [FaultyResponse.Ending.reset, .close]
    )
    func brokenGet(_ ending: FaultyResponse.Ending) async throws {
        try await TransferFixture.make(Self.content) { fixture in
            let whole = FaultyResponse(Self.content, to: "")
            for position in 0..<whole.bytes.count {
                try await FaultyWalrus.serve { number, head in
                    number == 0 ? whole.cut(after: position, ending) : FaultyResponse(Self.content, to: head)
                } _: { walrus in
                    try await fixture.expectFetch(by: fixture.client(walrus))
                }
            }
        }
    }

    @Test(
        "an upload whose response breaks at any byte is completed",
        arguments: [FaultyResponse.Ending.reset, .close]
    )
    func brokenPut(_ ending: FaultyResponse.Ending) async throws {
        try await TransferFixture.make(Self.content) { fixture in
            let whole = FaultyResponse(stored: fixture.blob)
            for position in 0..<whole.bytes.count {
                try await FaultyWalrus.serve { number, head in
                    if head.hasPrefix("HEAD") { return FaultyResponse("404 Not Found") }
                    return number == 0 ? whole.cut(after: position, ending) : whole
                } _: { walrus in
                    let answer = try await fixture.client(walrus).store(
                        file: fixture.path,
                        as: fixture.blob,
                        epochs: 5
                    )
                    #expect(answer.id == fixture.blob.id, "broken at \(position)")
                }
            }
        }
    }

    @Test(
        "a download that always breaks at the same byte fails and leaves no file",
        arguments: [0, 20, 90]
    )
    func alwaysBroken(_ position: Int) async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { _, _ in
                FaultyResponse(Self.content, to: "").cut(after: position)
            } _: { walrus in
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await fixture.client(walrus).fetch(fixture.blob.id, to: fixture.copy)
                }
                guard case .broken? = error else { throw Unexpected(error) }
                #expect(walrus.requests.count == 5)
                try fixture.expectNoOtherFile()
            }
        }
    }

    @Test("after a lost response the client finds the blob on an aggregator and does not send it again")
    func lostAnswer() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { _, head in
                guard head.hasPrefix("HEAD") else {
                    return FaultyResponse(stored: fixture.blob).cut(after: 0)
                }
                return FaultyResponse("200 OK", ["ETag: \(fixture.blob.id)"], body: Self.content)
                    .withoutBody()
            } _: { walrus in
                let answer = try await fixture.client(walrus).store(
                    file: fixture.path,
                    as: fixture.blob,
                    epochs: 5
                )
                #expect(answer.source == .foundOnAggregator)
                #expect(walrus.requests.map { $0.prefix(4) } == ["PUT ", "HEAD"])
            }
        }
    }

    @Test(
        "after an error response the blob is sent again, even if an aggregator has it",
        arguments: [
            ("503 Service Unavailable", "", "no storage node available"), ("502 Bad Gateway", "", "gone"),
            ("504 Gateway Timeout", "EXPIRED_SIGNATURE", ""),
            ("429 Too Many Requests", "TOKEN_ALREADY_USED", ""),
            ("429 Too Many Requests", "", "too many"),
        ]
    )
    func refusedForNow(_ status: String, _ reason: String, _ text: String) async throws {
        try await TransferFixture.make(Self.content) { fixture in
            let details = #"{"error":{"message":"m","details":[{"reason":"\#(reason)"}]}}"#
            try await FaultyWalrus.serve { number, head in
                if head.hasPrefix("HEAD") {
                    return FaultyResponse("200 OK", ["ETag: \(fixture.blob.id)"], body: Self.content)
                        .withoutBody()
                }
                return number == 0
                    ? FaultyResponse(status, text: reason.isEmpty ? text : details)
                    : FaultyResponse(stored: fixture.blob)
            } _: { walrus in
                let answer = try await fixture.client(walrus).store(
                    file: fixture.path,
                    as: fixture.blob,
                    epochs: 5
                )
                #expect(answer.source == .newlyCreated)
                #expect(walrus.requests.map { $0.prefix(4) } == ["PUT ", "PUT "])
            }
        }
    }

    @Test("status 201 is a success, like 200")
    func created() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { _, _ in
                FaultyResponse(stored: fixture.blob, status: "201 Created")
            } _: { walrus in
                let answer = try await fixture.client(walrus).store(
                    file: fixture.path,
                    as: fixture.blob,
                    epochs: 5
                )
                #expect((answer.source, answer.epochs) == (.newlyCreated, 4))
            }
        }
    }

    @Test("an unreachable publisher is an error, even if an aggregator has the blob")
    func unreachable() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            let holds = FaultyResponse("200 OK", ["ETag: \(fixture.blob.id)"], body: Self.content)
                .withoutBody()
            try await FaultyWalrus.serve { _, _ in
                holds
            } _: { walrus in
                let client = WalrusClient(
                    aggregators: [walrus.address],
                    publisher: try BaseURL("http://127.0.0.1:9"),
                    http: HTTPClient(),
                    retryPolicy: RetryPolicy(
                        maxAttempts: 3,
                        clock: InstantClock(),
                        generator: SplitMix(seed: 7)
                    ),
                    encoder: fixture.encoder
                )
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await client.store(file: fixture.path, as: fixture.blob, epochs: 5)
                }
                guard case .unreachable? = error else { throw Unexpected(error) }
                #expect(walrus.requests == [])
            }
        }
    }

    @Test("an upload reports the number of bytes sent")
    func putProgress() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { _, _ in
                FaultyResponse(stored: fixture.blob)
            } _: { walrus in
                let reports = Mutex<[TransferProgress]>([])
                _ = try await fixture.client(walrus).store(file: fixture.path, as: fixture.blob, epochs: 5) {
                    step in
                    reports.withLock { $0.append(step) }
                }
                #expect(
                    reports.withLock { $0 } == [
                        .transferred(bytes: Self.content.count, of: Self.content.count)
                    ]
                )
            }
        }
    }

    @Test("a download that is cancelled while its ID is computed leaves no file")
    func cancelledWhileIdentifying() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { _, head in
                FaultyResponse(Self.content, to: head)
            } _: { walrus in
                let (computing, compute) = AsyncStream.makeStream(of: Void.self)
                let gate = DispatchSemaphore(value: 0)
                let client = fixture.client(walrus)
                let fetch = Task {
                    try await client.fetch(fixture.blob.id, to: fixture.copy) { step in
                        guard case .computingID = step else { return }
                        compute.yield()
                        // This closure runs on the encoder's thread, which may block.
                        gate.wait()
                        gate.signal()
                    }
                }
                _ = await computing.first { _ in true }
                fetch.cancel()
                gate.signal()
                await #expect(throws: CancellationError.self) { try await fetch.value }
                try fixture.expectNoOtherFile()
            }
        }
    }

    @Test("wrong bytes are a mismatch, which is not retried and leaves no file")
    func wrongBytes() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            let wrong = Array("forged".utf8)
            try await FaultyWalrus.serve { _, head in
                FaultyResponse(wrong, to: head)
            } _: { walrus in
                let got = try fixture.encoder.blobID(of: wrong.span)
                await #expect(throws: WalrusError.mismatch(expected: fixture.blob.id, got: got)) {
                    _ = try await fixture.client(walrus).fetch(fixture.blob.id, to: fixture.copy)
                }
                #expect(walrus.requests.count == 1)
                try fixture.expectNoOtherFile()
            }
        }
    }

    @Test("a download removes abandoned temporary files of the same path, and no other files")
    func leftovers() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            let others = ["copy.part", "copy.x.part", "other.7.part", "copy.8.parts", "copy.other.7.part"]
            for name in others + ["copy.7.part"] {
                try Data("x".utf8).write(to: URL(filePath: "\(fixture.folder)/\(name)"))
            }
            let running = try PartialFile(for: fixture.copy)
            try await FaultyWalrus.serve { _, head in
                FaultyResponse(Self.content, to: head)
            } _: { walrus in
                _ = try await fixture.client(walrus).fetch(fixture.blob.id, to: fixture.copy)
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder)
            let temporary = running.temporaryPath.split(separator: "/").last.map(String.init) ?? ""
            #expect(names.sorted() == (others + ["blob", "copy", temporary]).sorted())
        }
    }

    @Test("a body without a length that ends early is a mismatch")
    func silentlyTruncated() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { _, _ in
                FaultyResponse(raw: "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\na blob that")
            } _: { walrus in
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await fixture.client(walrus).fetch(fixture.blob.id, to: fixture.copy)
                }
                guard case .mismatch? = error else { throw Unexpected(error) }
                try fixture.expectNoOtherFile()
            }
        }
    }

    @Test("a blob that arrives byte by byte is complete")
    func byteByByte() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { _, head in
                FaultyResponse(Self.content, to: head).inPieces(of: 1)
            } _: { walrus in
                try await fixture.expectFetch(by: fixture.client(walrus))
            }
        }
    }

    @Test(
        "a connection without traffic causes a timeout, before the head and within the body",
        arguments: [0, 90]
    )
    func hanging(_ position: Int) async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { number, head in
                let answer = FaultyResponse(Self.content, to: head)
                return number == 0 ? answer.cut(after: position, .hang) : answer
            } _: { walrus in
                // Longer than any pause of a busy machine.
                let client = fixture.client(walrus, idleTimeout: .seconds(3))
                try await fixture.expectFetch(by: client)
                #expect(walrus.requests.count >= 2)
            }
        }
    }

    @Test("an upload without a response causes a timeout")
    func hangingPut() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { _, _ in
                FaultyResponse("200 OK").cut(after: 0, .hang)
            } _: { walrus in
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await fixture.client(walrus, tries: 1, idleTimeout: .seconds(1))
                        .store(file: fixture.path, as: fixture.blob, epochs: 5)
                }
                guard case .broken? = error else { throw Unexpected(error) }
            }
        }
    }

    @Test(
        "temporary error statuses are retried, for downloads and uploads",
        arguments: [
            "429 Too Many Requests", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout",
        ]
    )
    func temporary(_ status: String) async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { number, head in
                number < 4
                    ? FaultyResponse(status, text: "try again later") : FaultyResponse(Self.content, to: head)
            } _: { walrus in
                try await fixture.expectFetch(by: fixture.client(walrus))
                #expect(walrus.requests.count == 5)
            }
            try await FaultyWalrus.serve { number, head in
                number < 4 ? FaultyResponse(status) : FaultyResponse(stored: fixture.blob)
            } _: { walrus in
                let answer = try await fixture.client(walrus).store(
                    file: fixture.path,
                    as: fixture.blob,
                    epochs: 5
                )
                #expect(answer.id == fixture.blob.id)
                #expect(walrus.requests.map { $0.prefix(4) } == Array(repeating: "PUT ", count: 5))
            }
        }
    }

    @Test("the client waits at least as long as Retry-After demands")
    func retryAfter() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { _, _ in
                FaultyResponse("429 Too Many Requests", ["Retry-After: 7"])
            } _: { walrus in
                let clock = InstantClock()
                await #expect(throws: WalrusError.overloaded(retryAfter: .seconds(7))) {
                    _ = try await fixture.client(walrus, clock: clock).fetch(
                        fixture.blob.id,
                        to: fixture.copy
                    )
                }
                #expect(clock.waits.count == 4)
                #expect(clock.waits.allSatisfy { $0 >= .seconds(7) })
            }
        }
    }

    @Test(
        "a download is not retried after a permanent error",
        arguments: [
            ("400 Bad Request", "does not understand"), ("401 Unauthorized", "not authorised"),
            ("403 Forbidden", "status 403"), ("404 Not Found", "no aggregator has"),
            ("451 Unavailable For Legal Reasons", "blocks the blob"), ("500 Internal Server Error", "failed"),
            ("206 Partial Content", "a part of the blob"), ("302 Found", "status 302"),
        ]
    )
    func final(_ status: String, _ words: String) async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { _, _ in
                FaultyResponse(status, text: "Nope,\r\n go away")
            } _: { walrus in
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await fixture.client(walrus).fetch(fixture.blob.id, to: fixture.copy)
                }
                #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
                #expect(walrus.requests.count == 1)
                try fixture.expectNoOtherFile()
            }
        }
    }
}

extension TransferFaultTests {
    @Test(
        "an upload is not retried after a permanent error",
        arguments: [
            ("400 Bad Request", "does not understand"), ("401 Unauthorized", "not authorised"),
            ("403 Forbidden", "larger than the publisher accepts"),
            ("404 Not Found", "status 404"), ("413 Content Too Large", "larger than the publisher accepts"),
            ("416 Range Not Satisfiable", "status 416"), ("418 I'm a Teapot", "status 418"),
            ("451 Unavailable For Legal Reasons", "blocks the blob"), ("500 Internal Server Error", "failed"),
            ("201 Created", "unexpected response: Nope, go away"), ("302 Found", "status 302"),
        ]
    )
    func finalPut(_ status: String, _ words: String) async throws {
        try await TransferFixture.make(Array("some bytes".utf8)) { fixture in
            try await FaultyWalrus.serve { _, _ in
                FaultyResponse(status, text: Self.answer(status))
            } _: { walrus in
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await fixture.client(walrus).store(
                        file: fixture.path,
                        as: fixture.blob,
                        epochs: 5
                    )
                }
                #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
                #expect(walrus.requests == ["PUT /v1/blobs?epochs=5&permanent=true"])
            }
        }
    }

    /// Walrus' JSON for status 403, whose meaning depends on the reason; otherwise plain text.
    private static func answer(_ status: String) -> String {
        guard status.hasPrefix("403") else { return "Nope,\r\n go away" }
        return #"{"error":{"status":"X","code":403,"message":"m","details":[{"reason":"BLOB_TOO_LARGE"}]}}"#
    }
}

extension FaultyResponse {
    init(raw text: String) {
        self.init("")
        bytes = Array(text.utf8)
    }

    /// The same response without its body, as for a HEAD request.
    func withoutBody() -> FaultyResponse {
        let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8))
        return cut(after: blank?.upperBound ?? bytes.count, .close)
    }
}

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
