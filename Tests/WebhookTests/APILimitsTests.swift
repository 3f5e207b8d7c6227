import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import NIOCore
import Store
import Support
import Synchronization
import Testing
import Webhook

@Suite("Limits of the API", .timeLimit(.minutes(10)))
struct APILimitsTests {
    /// A clock that stands still: on a slow machine no bucket fills meanwhile.
    static let standingClock: @Sendable () -> Date = { Date(timeIntervalSince1970: 1_790_000_000) }

    @Test("requests with one secret have a limit, which does not affect other secrets")
    func secretRate() async throws {
        var limits = APILimits()
        limits.requestsPerSecret = 3
        limits.now = Self.standingClock
        try await APIFixture.run(limits) { api in
            let (busy, calm) = (try await api.topic("busy"), try await api.topic("calm"))
            for _ in 0..<3 { #expect(try await api.post("/\(busy.text)", .text("x")).status == 200) }
            let refused = try await api.post("/\(busy.text)", .text("x"))
            #expect(refused.status == 429)
            #expect(try refused.code == "TOO_MANY_REQUESTS")
            #expect((1...20).contains(try #require(refused.retryAfter)))
            #expect(try await api.post("/\(calm.text)", .text("x")).status == 200)
            #expect(try await api.posts().count == 4)
        }
    }

    @Test("requests of one IP address have a limit, also behind the proxy on this machine")
    func addressRate() async throws {
        var limits = APILimits()
        limits.requestsPerAddress = 5
        limits.now = Self.standingClock
        try await APIFixture.run(limits) { api in
            let guesser = HTTPFields.forwarded(for: "203.0.113.7")
            for status in [404, 404, 404, 404, 404, 429] {
                let path = "/\(Secret.random().text)"
                #expect(try await api.post(path, .text("x"), headers: guesser).status == status)
            }
            let secret = try await api.topic("nightly")
            #expect(try await api.post("/\(secret.text)", .text("x"), headers: guesser).status == 429)
            let other = HTTPFields.forwarded(for: "203.0.113.7, 203.0.113.8")
            #expect(try await api.post("/\(secret.text)", .text("x"), headers: other).status == 200)
        }
    }

    @Test("requests with one worker token have a limit")
    func tokenRate() async throws {
        var limits = APILimits()
        limits.requestsPerSecret = 2
        limits.now = Self.standingClock
        try await APIFixture.run(limits) { api in
            let token = Secret.random()
            for status in [401, 401, 429] {
                let answer = try await api.post("/v1/jobs/1/events", .text(#"{"events":[]}"#), token: token)
                #expect(answer.status == status)
            }
        }
    }

    @Test("a repeated post with the same Idempotency-Key is answered like the first and enqueued once")
    func repeated() async throws {
        try await APIFixture.run { api in
            let (first, second) = (try await api.topic("first"), try await api.topic("second"))
            let key: HTTPFields = [.idempotency: "run-7-finished"]
            var ids: Set<String> = []
            for _ in 0..<3 {
                let answer = try await api.post("/\(first.text)", .text("finished"), headers: key)
                #expect(answer.status == 200)
                ids.insert(try #require(answer.json["id"]?.string))
            }
            #expect(ids.count == 1)
            // A key belongs to its topic, and another key is another post.
            _ = try await api.post("/\(second.text)", .text("finished"), headers: key)
            _ = try await api.post("/\(first.text)", .text("finished"), headers: [.idempotency: "run-8"])
            #expect(try await api.posts().map(\.topic) == ["first", "second", "first"])
        }
    }

    @Test("another post with a key that was used is refused, whatever is different")
    func usedKey() async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)"
            let key: HTTPFields = [.idempotency: "epoch-3"]
            #expect(try await api.post(path, .text("loss 0.2"), headers: key).status == 200)
            var titled = key
            titled[try #require(HTTPField.Name("Title"))] = "Epoch 3"
            for (body, headers) in [("loss 0.1", key), ("loss 0.2", titled), ("", key)] {
                let answer = try await api.post(path, .text(body), headers: headers)
                #expect(answer.status == 422)
                #expect(try answer.code == "KEY_USED")
            }
            #expect(try await api.posts().map(\.text) == ["loss 0.2"])
        }
    }

    @Test("a body that arrives too slowly is answered 408")
    func slowBody() async throws {
        var limits = APILimits()
        limits.bodyTime = .zero
        try await APIFixture.run(limits) { api in
            let secret = try await api.topic("nightly")
            let answer = try await api.post("/\(secret.text)", .text("x"))
            #expect(answer.status == 408)
            #expect(try await api.posts() == [])
        }
    }

    @Test(
        "a body that breaks HTTP is answered 400",
        arguments: [
            "Transfer-Encoding: xchunked\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        ]
    )
    func garbled(_ rest: String) async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            let answer = try await rawExchange(
                "POST /\(secret.text) HTTP/1.1\r\nHost: x\r\n\(rest)",
                with: api.address
            )
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(try await api.posts() == [])
        }
    }

    @Test("an idle connection is closed")
    func silent() async throws {
        var limits = APILimits()
        limits.idle = .milliseconds(200)
        try await APIFixture.run(limits) { api in
            let half = "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"
            do {
                let answer = try await rawExchange(half, with: api.address)
                #expect(!answer.hasPrefix("HTTP/1.1 200"))
            } catch is IOError {
                // The server closed the connection before the request was sent.
            } catch is ChannelError {
                // The same.
            }
        }
    }

    @Test("a connection over the limit waits until others are closed")
    func crowd() async throws {
        var limits = APILimits()
        limits.connections = 2
        let health = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
        try await APIFixture.run(limits) { api in
            let late = LateResponse()
            try await withThrowingTaskGroup(of: Void.self) { group in
                // The server accepts a few connections at a time, so the limit is not exact.
                try await withSilentConnections(8, to: api.address) {
                    group.addTask {
                        let answer = try await rawExchange(health, with: api.address)
                        late.text.withLock { $0 = answer }
                    }
                    // Another server, which is not full, answers twenty requests meanwhile.
                    try await APIFixture.run { other in
                        for _ in 0..<20 { _ = try await rawExchange(health, with: other.address) }
                    }
                    #expect(late.text.withLock { $0 } == "")
                }
                try await group.waitForAll()
            }
            #expect(late.text.withLock { $0 }.hasPrefix("HTTP/1.1 200"))
        }
    }

    /// The response to the connection that waits.
    private final class LateResponse: Sendable {
        let text = Mutex("")
    }

    @Test("a header of 20 kB is refused")
    func headers() async throws {
        try await APIFixture.run { api in
            let field = "X-Long: \(String(repeating: "x", count: 20_000))\r\n"
            let request = "GET /health HTTP/1.1\r\nHost: x\r\n\(field)\r\n"
            let answer = try await rawExchange(request, with: api.address)
            #expect(!answer.hasPrefix("HTTP/1.1 200"))
        }
    }
}

@Suite("The rate limiter")
struct RateLimiterTests {
    @Test("a bucket holds the requests of a minute and fills at a steady rate")
    func bucket() {
        let limiter = RateLimiter(perMinute: 60)
        let (key, start) = (Data([1]), Date(timeIntervalSince1970: 1_000))
        for _ in 0..<60 { #expect(limiter.wait(for: key, at: start) == nil) }
        #expect(limiter.wait(for: key, at: start) == 1)
        #expect(limiter.wait(for: key, at: start + 0.5) == 1)
        #expect(limiter.wait(for: key, at: start + 1) == nil)
        #expect(limiter.wait(for: key, at: start + 1) == 1)
        for _ in 0..<60 { #expect(limiter.wait(for: key, at: start + 3_600) == nil) }
        #expect(limiter.wait(for: key, at: start + 3_600) == 1)
    }

    @Test("a clock that is set back neither fills nor empties a bucket")
    func setBack() {
        let limiter = RateLimiter(perMinute: 2)
        let (key, start) = (Data([1]), Date(timeIntervalSince1970: 1_000_000))
        #expect(limiter.wait(for: key, at: start) == nil)
        #expect(limiter.wait(for: key, at: start - 86_400) == nil)
        #expect(limiter.wait(for: key, at: start - 86_400) == 30)
    }
}

extension HTTPFields {
    static func forwarded(for address: String) -> HTTPFields {
        HTTPField.Name("X-Forwarded-For").map { [$0: address] } ?? [:]
    }
}

extension HTTPField.Name {
    static var idempotency: Self { Self("Idempotency-Key") ?? .cookie }
}
