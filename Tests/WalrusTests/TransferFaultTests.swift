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
}
