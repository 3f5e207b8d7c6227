import Contract
import Foundation
import HTTP
import Support
import Synchronization
import Testing
import Walrus

@Suite("Error statuses of aggregators and publishers", .timeLimit(.minutes(10)))
struct TransferStatusTests {
    private static let content = Array("a blob that is small enough to be broken anywhere".utf8)

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
            ("206 Partial Content", "status 206 (a part)"), ("302 Found", "status 302"),
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
