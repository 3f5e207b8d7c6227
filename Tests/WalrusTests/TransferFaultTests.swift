import Contract
import Foundation
import HTTP
import Support
import Synchronization
import Testing
import Walrus

@Suite("Transfers over bad connections", .timeLimit(.minutes(1)))
struct TransferFaultTests {
    private static let content = Array("a blob that is small enough to be broken anywhere".utf8)

    @Test("a get that breaks at any byte is finished right", arguments: [FaultyAnswer.Ending.reset, .close])
    func brokenGet(_ ending: FaultyAnswer.Ending) async throws {
        try await Bench.set(Self.content) { bench in
            let whole = FaultyAnswer(Self.content, to: "")
            for position in 0..<whole.bytes.count {
                try await FaultyWalrus.serve { number, head in
                    number == 0 ? whole.cut(after: position, ending) : FaultyAnswer(Self.content, to: head)
                } _: { walrus in
                    try await bench.expectFetch(by: bench.client(walrus))
                }
            }
        }
    }

    @Test(
        "a put whose answer breaks at any byte is finished right",
        arguments: [FaultyAnswer.Ending.reset, .close]
    )
    func brokenPut(_ ending: FaultyAnswer.Ending) async throws {
        try await Bench.set(Self.content) { bench in
            let whole = FaultyAnswer(stored: bench.blob)
            for position in 0..<whole.bytes.count {
                try await FaultyWalrus.serve { number, head in
                    if head.hasPrefix("HEAD") { return FaultyAnswer("404 Not Found") }
                    return number == 0 ? whole.cut(after: position, ending) : whole
                } _: { walrus in
                    let answer = try await bench.client(walrus).store(
                        file: bench.path,
                        as: bench.blob,
                        epochs: 5
                    )
                    #expect(answer.id == bench.blob.id, "broken at \(position)")
                }
            }
        }
    }

    @Test(
        "a get that breaks at the same byte again and again fails as broken, and leaves nothing",
        arguments: [0, 20, 90]
    )
    func alwaysBroken(_ position: Int) async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { _, _ in
                FaultyAnswer(Self.content, to: "").cut(after: position)
            } _: { walrus in
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await bench.client(walrus).fetch(bench.blob.id, to: bench.copy)
                }
                guard case .broken? = error else { throw Unexpected(error) }
                #expect(walrus.requests.count == 5)
                try bench.expectNothing()
            }
        }
    }

    @Test("a put whose answer got lost finds the blob there, and sends it no second time")
    func lostAnswer() async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { _, head in
                guard head.hasPrefix("HEAD") else { return FaultyAnswer(stored: bench.blob).cut(after: 0) }
                return FaultyAnswer("200 OK", ["ETag: \(bench.blob.id)"], body: Self.content).withoutBody()
            } _: { walrus in
                let answer = try await bench.client(walrus).store(file: bench.path, as: bench.blob, epochs: 5)
                #expect(answer.source == .seen)
                #expect(walrus.requests.map { $0.prefix(4) } == ["PUT ", "HEAD"])
            }
        }
    }

    @Test(
        "an answer that says no is no lost answer: the blob is put again, though an aggregator has it",
        arguments: [
            ("503 Service Unavailable", "", "no storage node available"), ("502 Bad Gateway", "", "gone"),
            ("504 Gateway Timeout", "EXPIRED_SIGNATURE", ""),
            ("429 Too Many Requests", "TOKEN_ALREADY_USED", ""),
            ("429 Too Many Requests", "", "too many"),
        ]
    )
    func refusedForNow(_ status: String, _ reason: String, _ text: String) async throws {
        try await Bench.set(Self.content) { bench in
            let details = #"{"error":{"message":"m","details":[{"reason":"\#(reason)"}]}}"#
            try await FaultyWalrus.serve { number, head in
                if head.hasPrefix("HEAD") {
                    return FaultyAnswer("200 OK", ["ETag: \(bench.blob.id)"], body: Self.content)
                        .withoutBody()
                }
                return number == 0
                    ? FaultyAnswer(status, text: reason.isEmpty ? text : details)
                    : FaultyAnswer(stored: bench.blob)
            } _: { walrus in
                let answer = try await bench.client(walrus).store(file: bench.path, as: bench.blob, epochs: 5)
                #expect(answer.source == .stored)
                #expect(walrus.requests.map { $0.prefix(4) } == ["PUT ", "PUT "])
            }
        }
    }

    @Test("a publisher may answer 201 as well as 200")
    func created() async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { _, _ in
                FaultyAnswer(stored: bench.blob, status: "201 Created")
            } _: { walrus in
                let answer = try await bench.client(walrus).store(file: bench.path, as: bench.blob, epochs: 5)
                #expect((answer.source, answer.epochs) == (.stored, 4))
            }
        }
    }

    @Test("a put that reached nobody is no success because an aggregator has the blob, for however long")
    func unreachable() async throws {
        try await Bench.set(Self.content) { bench in
            let holds = FaultyAnswer("200 OK", ["ETag: \(bench.blob.id)"], body: Self.content).withoutBody()
            try await FaultyWalrus.serve { _, _ in
                holds
            } _: { walrus in
                let client = WalrusClient(
                    aggregators: [walrus.address],
                    publisher: try BaseURL("http://127.0.0.1:9"),
                    http: HTTPClient(),
                    patience: Patience(tries: 3, clock: ImpatientClock(), generator: SplitMix(seed: 7)),
                    encoder: bench.encoder
                )
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await client.store(file: bench.path, as: bench.blob, epochs: 5)
                }
                guard case .unreachable? = error else { throw Unexpected(error) }
                #expect(walrus.requests == [])
            }
        }
    }

    @Test("a put says how many bytes it has sent")
    func putProgress() async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { _, _ in
                FaultyAnswer(stored: bench.blob)
            } _: { walrus in
                let seen = Mutex<[TransferStep]>([])
                _ = try await bench.client(walrus).store(file: bench.path, as: bench.blob, epochs: 5) {
                    step in
                    seen.withLock { $0.append(step) }
                }
                #expect(seen.withLock { $0 } == [.moving(bytes: Self.content.count, of: Self.content.count)])
            }
        }
    }

    @Test("a get that is cancelled while its ID is computed leaves nothing")
    func cancelledWhileIdentifying() async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { _, head in
                FaultyAnswer(Self.content, to: head)
            } _: { walrus in
                let (computing, compute) = AsyncStream.makeStream(of: Void.self)
                let gate = DispatchSemaphore(value: 0)
                let client = bench.client(walrus)
                let fetch = Task {
                    try await client.fetch(bench.blob.id, to: bench.copy) { step in
                        guard case .identifying = step else { return }
                        compute.yield()
                        // This is the encoder's own thread.
                        gate.wait()
                        gate.signal()
                    }
                }
                _ = await computing.first { _ in true }
                fetch.cancel()
                gate.signal()
                await #expect(throws: CancellationError.self) { try await fetch.value }
                try bench.expectNothing()
            }
        }
    }

    @Test("wrong bytes are a mismatch, asked for once, and leave nothing")
    func wrongBytes() async throws {
        try await Bench.set(Self.content) { bench in
            let wrong = Array("forged".utf8)
            try await FaultyWalrus.serve { _, head in
                FaultyAnswer(wrong, to: head)
            } _: { walrus in
                let got = try bench.encoder.blobID(of: wrong.span)
                await #expect(throws: WalrusError.mismatch(expected: bench.blob.id, got: got)) {
                    _ = try await bench.client(walrus).fetch(bench.blob.id, to: bench.copy)
                }
                #expect(walrus.requests.count == 1)
                try bench.expectNothing()
            }
        }
    }

    @Test("what a killed get of the same file left is cleared away, and nothing else")
    func leftovers() async throws {
        try await Bench.set(Self.content) { bench in
            let others = ["copy.part", "copy.x.part", "other.7.part", "copy.8.parts", "copy.other.7.part"]
            for name in others + ["copy.7.part"] {
                try Data("x".utf8).write(to: URL(filePath: "\(bench.folder)/\(name)"))
            }
            let living = try PartialFile(for: bench.copy)
            try await FaultyWalrus.serve { _, head in
                FaultyAnswer(Self.content, to: head)
            } _: { walrus in
                _ = try await bench.client(walrus).fetch(bench.blob.id, to: bench.copy)
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder)
            let alive = living.temporaryPath.split(separator: "/").last.map(String.init) ?? ""
            #expect(names.sorted() == (others + ["blob", "copy", alive]).sorted())
        }
    }

    @Test("a body that is cut without a word about its length is a mismatch")
    func silentlyTruncated() async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { _, _ in
                FaultyAnswer(raw: "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\na blob that")
            } _: { walrus in
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await bench.client(walrus).fetch(bench.blob.id, to: bench.copy)
                }
                guard case .mismatch? = error else { throw Unexpected(error) }
                try bench.expectNothing()
            }
        }
    }

    @Test("a blob that drips in byte by byte is whole in the end")
    func drip() async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { _, head in
                FaultyAnswer(Self.content, to: head).dripping(1)
            } _: { walrus in
                try await bench.expectFetch(by: bench.client(walrus))
            }
        }
    }

    @Test(
        "a connection on which nothing moves is given up, before the head and within the body",
        arguments: [0, 90]
    )
    func hanging(_ position: Int) async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { number, head in
                let answer = FaultyAnswer(Self.content, to: head)
                return number == 0 ? answer.cut(after: position, .hang) : answer
            } _: { walrus in
                // Longer than a busy machine is silent.
                let client = bench.client(walrus, silence: .seconds(3))
                try await bench.expectFetch(by: client)
                #expect(walrus.requests.count >= 2)
            }
        }
    }

    @Test("a put that nobody answers is given up")
    func hangingPut() async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { _, _ in
                FaultyAnswer("200 OK").cut(after: 0, .hang)
            } _: { walrus in
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await bench.client(walrus, tries: 1, silence: .seconds(1))
                        .store(file: bench.path, as: bench.blob, epochs: 5)
                }
                guard case .broken? = error else { throw Unexpected(error) }
            }
        }
    }

    @Test(
        "a storm that passes is waited out, by get and by put",
        arguments: [
            "429 Too Many Requests", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout",
        ]
    )
    func storm(_ status: String) async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { number, head in
                number < 4
                    ? FaultyAnswer(status, text: "try again later") : FaultyAnswer(Self.content, to: head)
            } _: { walrus in
                try await bench.expectFetch(by: bench.client(walrus))
                #expect(walrus.requests.count == 5)
            }
            try await FaultyWalrus.serve { number, head in
                number < 4 ? FaultyAnswer(status) : FaultyAnswer(stored: bench.blob)
            } _: { walrus in
                let answer = try await bench.client(walrus).store(file: bench.path, as: bench.blob, epochs: 5)
                #expect(answer.id == bench.blob.id)
                #expect(walrus.requests.map { $0.prefix(4) } == Array(repeating: "PUT ", count: 5))
            }
        }
    }

    @Test("who says for how long to wait is left alone for at least that long")
    func retryAfter() async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { _, _ in
                FaultyAnswer("429 Too Many Requests", ["Retry-After: 7"])
            } _: { walrus in
                let clock = ImpatientClock()
                await #expect(throws: WalrusError.overloaded(retryAfter: .seconds(7))) {
                    _ = try await bench.client(walrus, clock: clock).fetch(bench.blob.id, to: bench.copy)
                }
                #expect(clock.waits.count == 4)
                #expect(clock.waits.allSatisfy { $0 >= .seconds(7) })
            }
        }
    }

    @Test(
        "what is final is asked once",
        arguments: [
            ("400 Bad Request", "does not understand"), ("401 Unauthorized", "not authorised"),
            ("403 Forbidden", "status 403"), ("404 Not Found", "no aggregator has"),
            ("451 Unavailable For Legal Reasons", "blocked"), ("500 Internal Server Error", "failed"),
            ("206 Partial Content", "a part of the blob"), ("302 Found", "status 302"),
        ]
    )
    func final(_ status: String, _ words: String) async throws {
        try await Bench.set(Self.content) { bench in
            try await FaultyWalrus.serve { _, _ in
                FaultyAnswer(status, text: "Nope,\r\n go away")
            } _: { walrus in
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await bench.client(walrus).fetch(bench.blob.id, to: bench.copy)
                }
                #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
                #expect(walrus.requests.count == 1)
                try bench.expectNothing()
            }
        }
    }
}

extension TransferFaultTests {
    @Test(
        "what is final is put once",
        arguments: [
            ("400 Bad Request", "does not understand"), ("401 Unauthorized", "not authorised"),
            ("403 Forbidden", "larger than the publisher takes"),
            ("404 Not Found", "status 404"), ("413 Content Too Large", "larger than the publisher takes"),
            ("416 Range Not Satisfiable", "status 416"), ("418 I'm a Teapot", "status 418"),
            ("451 Unavailable For Legal Reasons", "blocked"), ("500 Internal Server Error", "failed"),
            ("201 Created", "should not: Nope, go away"), ("302 Found", "status 302"),
        ]
    )
    func finalPut(_ status: String, _ words: String) async throws {
        try await Bench.set(Array("some bytes".utf8)) { bench in
            try await FaultyWalrus.serve { _, _ in
                FaultyAnswer(status, text: Self.answer(status))
            } _: { walrus in
                let error = await #expect(throws: WalrusError.self) {
                    _ = try await bench.client(walrus).store(file: bench.path, as: bench.blob, epochs: 5)
                }
                #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
                #expect(walrus.requests == ["PUT /v1/blobs?epochs=5&permanent=true"])
            }
        }
    }

    /// Walrus' own words where only they tell what is meant, else plain text.
    private static func answer(_ status: String) -> String {
        guard status.hasPrefix("403") else { return "Nope,\r\n go away" }
        return #"{"error":{"status":"X","code":403,"message":"m","details":[{"reason":"BLOB_TOO_LARGE"}]}}"#
    }
}

extension FaultyAnswer {
    init(raw text: String) {
        self.init("")
        bytes = Array(text.utf8)
    }

    /// What HEAD is answered: the head alone.
    func withoutBody() -> FaultyAnswer {
        let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8))
        return cut(after: blank?.upperBound ?? bytes.count, .close)
    }
}

/// A blob in a file, a name for its copy, and clients that never really wait.
struct Bench: Sendable {
    let folder: String
    let blob: StoredBlob
    let encoder: BlobEncoder

    var path: String { "\(folder)/blob" }
    var copy: String { "\(folder)/copy" }

    static func set(
        _ content: [UInt8],
        shards: Int = 7,
        _ body: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let encoder = try BlobEncoder(shards: shards)
            let blob = StoredBlob(id: try encoder.blobID(of: content.span), size: content.count)
            let bench = Bench(folder: folder, blob: blob, encoder: encoder)
            try Data(content).write(to: URL(filePath: bench.path))
            try await body(bench)
        }
    }

    func client(
        _ walrus: FaultyWalrus...,
        tries: Int = 5,
        clock: any Clock<Duration> = ImpatientClock(),
        silence: Duration = .seconds(30)
    ) -> WalrusClient {
        .make(walrus.map(\.address), tries: tries, clock: clock, silence: silence, encoder: encoder)
    }

    /// The client brings the blob, and leaves nothing beside it.
    func expectFetch(by client: WalrusClient) async throws {
        #expect(try await client.fetch(blob.id, to: copy) == blob)
        #expect(FileManager.default.contentsEqual(atPath: path, andPath: copy))
        try FileManager.default.removeItem(atPath: copy)
        try expectNothing()
    }

    func expectNothing() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files == ["blob"])
    }
}
