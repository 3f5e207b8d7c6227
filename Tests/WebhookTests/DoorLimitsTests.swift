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

@Suite("What the door does not put up with", .timeLimit(.minutes(10)))
struct DoorLimitsTests {
    /// A clock by which no rate recovers, however slow the machine is.
    private static let standing: @Sendable () -> Date = { Date(timeIntervalSince1970: 1_790_000_000) }

    @Test("a secret that is used too often is told when to come back, others are not")
    func secretRate() async throws {
        var limits = APILimits()
        limits.requestsPerSecret = 3
        limits.now = Self.standing
        try await Door.open(limits) { door in
            let (busy, calm) = (try await door.topic("busy"), try await door.topic("calm"))
            for _ in 0..<3 { #expect(try await door.post("/\(busy.text)", .text("x")).status == 200) }
            let refused = try await door.post("/\(busy.text)", .text("x"))
            #expect(refused.status == 429)
            #expect(try refused.code == "TOO_MANY_REQUESTS")
            #expect((1...20).contains(try #require(refused.retryAfter)))
            #expect(try await door.post("/\(calm.text)", .text("x")).status == 200)
            #expect(try await door.notifications().count == 4)
        }
    }

    @Test("guessing secrets ends at the address's limit, whoever stands behind the proxy on this machine")
    func addressRate() async throws {
        var limits = APILimits()
        limits.requestsPerAddress = 5
        limits.now = Self.standing
        try await Door.open(limits) { door in
            let guesser = HTTPFields.forwarded(for: "203.0.113.7")
            // A slow machine earns some more guesses meanwhile.
            var answers: [Int] = []
            while answers.last != 429, answers.count < 100 {
                let path = "/\(Secret.random().text)"
                answers.append(try await door.post(path, .text("x"), headers: guesser).status)
            }
            #expect(answers.last == 429)
            #expect(answers.prefix(5) == [404, 404, 404, 404, 404])
            let secret = try await door.topic("nightly")
            #expect(try await door.post("/\(secret.text)", .text("x"), headers: guesser).status == 429)
            let other = HTTPFields.forwarded(for: "203.0.113.7, 203.0.113.8")
            #expect(try await door.post("/\(secret.text)", .text("x"), headers: other).status == 200)
        }
    }

    @Test("worker tokens have a rate, too")
    func tokenRate() async throws {
        var limits = APILimits()
        limits.requestsPerSecret = 2
        limits.now = Self.standing
        try await Door.open(limits) { door in
            let token = Secret.random()
            for status in [401, 401, 429] {
                let answer = try await door.post("/v1/jobs/1/events", .text(#"{"events":[]}"#), token: token)
                #expect(answer.status == status)
            }
        }
    }

    @Test("a repeat with the same Idempotency-Key is answered like the first, and said once")
    func repeated() async throws {
        try await Door.open { door in
            let (first, second) = (try await door.topic("first"), try await door.topic("second"))
            let key: HTTPFields = [.idempotency: "run-7-finished"]
            for _ in 0..<3 {
                let answer = try await door.post("/\(first.text)", .text("finished"), headers: key)
                #expect((answer.status, answer.body) == (200, "Notification sent"))
            }
            // The key is the topic's own, and another key is another post.
            _ = try await door.post("/\(second.text)", .text("finished"), headers: key)
            _ = try await door.post("/\(first.text)", .text("finished"), headers: [.idempotency: "run-8"])
            #expect(try await door.notifications().map(\.topic) == ["first", "second", "first"])
        }
    }

    @Test("a body that comes drop by drop is cut off")
    func slowBody() async throws {
        var limits = APILimits()
        limits.bodyTime = .zero
        try await Door.open(limits) { door in
            let secret = try await door.topic("nightly")
            let answer = try await door.post("/\(secret.text)", .text("x"))
            #expect(answer.status == 408)
            #expect(try await door.notifications() == [])
        }
    }

    @Test(
        "what is not as HTTP has it is the sender's fault",
        arguments: [
            "Transfer-Encoding: xchunked\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        ]
    )
    func garbled(_ rest: String) async throws {
        try await Door.open { door in
            let secret = try await door.topic("nightly")
            let answer = try await rawExchange(
                "POST /\(secret.text) HTTP/1.1\r\nHost: x\r\n\(rest)",
                with: door.address
            )
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(try await door.notifications() == [])
        }
    }

    @Test("a connection that stays silent is closed")
    func silent() async throws {
        var limits = APILimits()
        limits.idle = .milliseconds(200)
        try await Door.open(limits) { door in
            let half = "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"
            do {
                let answer = try await rawExchange(half, with: door.address)
                #expect(!answer.hasPrefix("HTTP/1.1 200"))
            } catch is IOError {
                // Cut off is cut off, wherever it was noticed.
            } catch is ChannelError {
                // Here, too.
            }
        }
    }

    @Test("beyond so many connections the next one waits until others have gone")
    func crowd() async throws {
        var limits = APILimits()
        limits.connections = 2
        let health = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
        try await Door.open(limits) { door in
            let late = Late()
            try await withThrowingTaskGroup(of: Void.self) { group in
                // A few are accepted at a time: the limit is not met to the very connection.
                try await withSilentConnections(8, to: door.address) {
                    group.addTask {
                        let answer = try await rawExchange(health, with: door.address)
                        late.answer.withLock { $0 = answer }
                    }
                    // Another door, which is not full, answers twenty meanwhile.
                    try await Door.open { other in
                        for _ in 0..<20 { _ = try await rawExchange(health, with: other.address) }
                    }
                    #expect(late.answer.withLock { $0 } == "")
                }
                try await group.waitForAll()
            }
            #expect(late.answer.withLock { $0 }.hasPrefix("HTTP/1.1 200"))
        }
    }

    /// An answer that was waited for elsewhere.
    private final class Late: Sendable {
        let answer = Mutex("")
    }

    @Test("endless headers are refused")
    func headers() async throws {
        try await Door.open { door in
            let field = "X-Long: \(String(repeating: "x", count: 20_000))\r\n"
            let request = "GET /health HTTP/1.1\r\nHost: x\r\n\(field)\r\n"
            let answer = try await rawExchange(request, with: door.address)
            #expect(!answer.hasPrefix("HTTP/1.1 200"))
        }
    }
}

@Suite("The rate limiter")
struct RateLimiterTests {
    @Test("a bucket holds a minute's worth and fills at a steady rate")
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

    @Test("a clock that is set back neither fills nor empties")
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
