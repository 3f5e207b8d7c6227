import Contract
import Foundation
import HTTP
import Support
import Synchronization
import Testing
import Walrus

@Suite("Resumed downloads", .timeLimit(.minutes(10)))
struct ResumeTests {
    private static let content = Vectors.generated(3_000)
    /// The size of a response head in bytes.
    private static let headSize = FaultyResponse(content, to: "").bytes.count - content.count

    @Test("the missing bytes are requested by a range with both ends")
    func range() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { number, head in
                let answer = FaultyResponse(Self.content, to: head)
                return number < 2 ? answer.cut(after: Self.headSize + 1_000, .close) : answer
            } _: { walrus in
                try await fixture.expectFetch(by: fixture.client(walrus))
                let ranges = walrus.requests.map { $0.split(separator: " ").last.map(String.init) ?? "" }
                #expect(ranges[0].hasPrefix("/v1/blobs/"))
                #expect(ranges[1] == "bytes=1000-2999")
                #expect(ranges[2].hasSuffix("-2999"))
                #expect(walrus.requests.count == 3)
            }
        }
    }

    @Test(
        "if the server does not serve the range, the download starts again",
        arguments: ["200", "416", "another part", "parts mixed up"]
    )
    func fallback(_ way: String) async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { number, head in
                let whole = FaultyResponse(Self.content, to: "")
                if number == 0 { return whole.cut(after: Self.headSize + 1_000, .close) }
                guard head.contains("bytes=") else { return whole }
                return switch way {
                case "200": whole
                case "416": FaultyResponse("416 Range Not Satisfiable", text: "no")
                case "another part":
                    FaultyResponse(
                        "206 Partial Content",
                        ["Content-Range: bytes 0-1999/3000"],
                        body: Array(Self.content[..<2_000])
                    )
                default:
                    FaultyResponse(
                        "206 Partial Content",
                        ["Content-Range: bytes 1000-2999/3000"],
                        body: Array(Self.content[..<2_000])
                    )
                }
            } _: { walrus in
                try await fixture.expectFetch(by: fixture.client(walrus))
            }
        }
    }

    @Test("a download without a known length starts again")
    func chunked() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { number, head in
                guard number == 0 else { return FaultyResponse(Self.content, to: head) }
                return FaultyResponse(raw: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n0123")
            } _: { walrus in
                try await fixture.expectFetch(by: fixture.client(walrus))
                #expect(!walrus.requests[1].contains("bytes="))
            }
        }
    }

    @Test("each of two aggregators resumes its own download")
    func twoAggregators() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            let answer = { @Sendable (number: Int, head: String) in
                let answer = FaultyResponse(Self.content, to: head)
                return number == 0 ? answer.cut(after: Self.headSize + 1_000, .close) : answer
            }
            try await FaultyWalrus.serve(answer) { first in
                try await FaultyWalrus.serve(answer) { second in
                    try await fixture.expectFetch(by: fixture.client(first, second))
                    #expect(first.requests.last?.hasSuffix("bytes=1000-2999") == true)
                    #expect(second.requests.count == 1)
                }
            }
        }
    }

    @Test("a connection that breaks every few megabytes uses up no attempts")
    func steady() async throws {
        let content = Vectors.generated(12 << 20)
        try await TransferFixture.make(content, shards: CodeShape.defaultShards) { fixture in
            try await FaultyWalrus.serve { _, head in
                FaultyResponse(content, to: head).cut(after: 3 << 20, .close)
            } _: { walrus in
                let client = fixture.client(walrus, tries: 1)
                try await fixture.expectFetch(by: client)
                #expect(walrus.requests.count == 5)
            }
        }
    }

    @Test("progress is the number of bytes, also after a break, and then the computation of the ID")
    func progress() async throws {
        try await TransferFixture.make(Self.content) { fixture in
            try await FaultyWalrus.serve { number, head in
                let answer = FaultyResponse(Self.content, to: head)
                return number == 0 ? answer.cut(after: Self.headSize + 1_000, .close) : answer
            } _: { walrus in
                let reports = Mutex<[TransferProgress]>([])
                _ = try await fixture.client(walrus).fetch(fixture.blob.id, to: fixture.copy) { step in
                    reports.withLock { $0.append(step) }
                }
                let steps = reports.withLock { $0 }
                let bytes = steps.compactMap {
                    if case .transferred(bytes: let bytes, of: 3_000) = $0 { bytes } else { nil }
                }
                #expect(bytes == bytes.sorted())
                #expect(bytes.last == 3_000)
                #expect(steps.prefix(bytes.count).contains { $0 == .computingID(1) } == false)
                #expect(steps.contains(.computingID(1)))
            }
        }
    }
}
