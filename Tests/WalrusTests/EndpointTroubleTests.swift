import Contract
import Support
import Testing

@testable import Walrus

@Suite("A GraphQL endpoint in trouble", .timeLimit(.minutes(10)))
struct EndpointTroubleTests {
    private static let blob = StoredBlob(id: BlobID(bytes: Array(5...36)), size: 44)

    private func finding(after refusals: [SuiFake.Refusal]) async throws -> (Finding, SuiFake) {
        let fake = SuiFake()
        fake.put("0xc0de", blob: Self.blob.id.decimal, size: 44)
        fake.change { $0.refusals = refusals }
        return (try await fake.finding(on: Self.blob, object: "0xc0de"), fake)
    }

    private static func error(_ code: String) -> String {
        #"{"data":null,"errors":[{"message":"the database is slow","extensions":{"code":"\#(code)"}}]}"#
    }

    @Test(
        "an error that passes is tried again",
        arguments: [
            (200, error("REQUEST_TIMEOUT")), (200, error("INTERNAL_SERVER_ERROR")),
            (
                200,
                #"{"data":{"object":null},"errors":[{"message":"x","extensions":{"code":"REQUEST_TIMEOUT"}}]}"#
            ),
            (408, ""), (429, ""), (500, "<html>"), (502, ""), (503, ""), (504, ""),
        ]
    )
    func temporary(_ status: Int, _ body: String) async throws {
        let (finding, fake) = try await finding(after: [.init(status, body), .init(status, body)])
        #expect(finding.verdict == .holds, "\(finding.text)")
        #expect(fake.state.requests == 4)
    }

    @Test(
        "an endpoint that stays in trouble is not available",
        arguments: [(200, error("REQUEST_TIMEOUT")), (500, "")]
    )
    func lasting(_ status: Int, _ body: String) async throws {
        let (finding, fake) = try await finding(after: Array(repeating: .init(status, body), count: 3))
        #expect(finding.verdict == .unchecked)
        #expect(finding.text.contains("is not available"))
        #expect(fake.state.requests == 3)
    }

    @Test(
        "an error of the query itself is final",
        arguments: [(200, error("GRAPHQL_VALIDATION_FAILED")), (400, error("BAD_USER_INPUT"))]
    )
    func final(_ status: Int, _ body: String) async throws {
        let (finding, fake) = try await finding(after: [.init(status, body)])
        #expect(finding.verdict == .unchecked)
        #expect(finding.text.contains("rejected the query: the database is slow"))
        #expect(fake.state.requests == 1)
    }

    @Test("the endpoint's Retry-After is waited for")
    func retryAfter() async throws {
        for status in [429, 503] {
            let clock = InstantClock()
            let fake = SuiFake()
            fake.put("0xc0de", blob: Self.blob.id.decimal, size: 44)
            fake.change { $0.refusals = [.init(status, retryAfter: 7)] }
            let finding = try await fake.finding(on: Self.blob, object: "0xc0de", clock: clock)
            #expect(finding.verdict == .holds)
            #expect(clock.waits.count == 1)
            #expect(clock.waits[0] >= .seconds(7))
        }
    }
}
