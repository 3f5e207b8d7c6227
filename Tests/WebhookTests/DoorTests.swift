import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Support
import Testing
import Webhook

@Suite("What HTTP asks of every route", .timeLimit(.minutes(10)))
struct DoorTests {
    @Test(
        "HEAD is answered as GET is, without the body",
        arguments: ["/health", "/v1/health", "/openapi.json"]
    )
    func head(_ path: String) async throws {
        try await APIFixture.run { api in
            let (get, head) = (try await api.get(path), try await api.ask(.head, path))
            #expect((head.status, head.body) == (get.status, ""))
            #expect(head.headers[.contentLength] == "\(get.body.utf8.count)")
            #expect(head.headers[.contentType] == get.headers[.contentType])
        }
    }

    @Test(
        "another method of a path is refused with those it has",
        arguments: [
            ("DELETE", "/health", "GET, HEAD"), ("POST", "/openapi.json", "GET, HEAD"),
            ("GET", "/v1/claim", "POST"), ("PUT", "/v1/jobs/7/events", "POST"),
        ]
    )
    func method(_ method: String, _ path: String, _ allowed: String) async throws {
        try await APIFixture.run { api in
            let answer = try await api.ask(try #require(.init(method)), path)
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == allowed)
            #expect(try answer.code == "METHOD_NOT_ALLOWED")
        }
    }

    @Test("405 tells nothing about which topics exist")
    func unknownTopic() async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            let known = try await api.ask(.patch, "/\(secret.text)")
            let unknown = try await api.ask(.patch, "/\(Secret.random().text)")
            #expect((known.status, known.body) == (405, unknown.body))
            #expect(known.headers[.allow] == unknown.headers[.allow])
        }
    }

    @Test("pages of other sites may post to a topic, and nothing else")
    func crossOrigin() async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            let preflight = try await api.ask(.options, "/\(secret.text)")
            #expect(preflight.status == 204)
            #expect(preflight.headers[.accessControlAllowMethods]?.contains("POST") == true)
            #expect(preflight.headers[.accessControlAllowHeaders] == "*")
            for path in ["/\(secret.text)", "/\(Secret.random().text)"] {
                let answer = try await api.post(path, .text("from a page"))
                #expect(answer.headers[.accessControlAllowOrigin] == "*")
            }
            let health = try await api.ask(.options, "/health")
            #expect((health.status, health.headers[.allow]) == (204, "GET, HEAD, OPTIONS"))
            #expect(health.headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test("401 names the way to authorise")
    func unauthorized() async throws {
        try await APIFixture.run { api in
            let answer = try await api.post("/v1/claim", .none)
            #expect((answer.status, answer.headers[.wwwAuthenticate]) == (401, "Bearer"))
        }
    }

    /// The head of the answer to a post whose body the client withholds.
    private func expecting(_ expectation: String, length: Int, _ api: APIFixture, path: String? = nil)
        async throws -> String
    {
        let path = if let path { path } else { "/" + (try await api.topic("nightly")).text }
        let head = "Host: x\r\nExpect: \(expectation)\r\nContent-Length: \(length)\r\n\r\n"
        return try await rawExchange("POST \(path) HTTP/1.1\r\n\(head)", with: api.address)
    }

    @Test("a client that waits with its body is told to send it")
    func expectation() async throws {
        try await APIFixture.run { api in
            let answer = try await expecting("100-Continue", length: 4, api)
            #expect(answer.hasPrefix("HTTP/1.1 100 "))
        }
    }

    @Test("a client that waits with a body that is not wanted gets the answer instead")
    func unwanted() async throws {
        try await APIFixture.run { api in
            let large = try await expecting("100-continue", length: APIFixture.bodyLimit + 1, api)
            #expect(large.hasPrefix("HTTP/1.1 413 "))
            #expect(large.contains("Connection: close"))
            let stranger = try await expecting("100-continue", length: 4, api, path: "/v1/jobs/1/events")
            #expect(stranger.hasPrefix("HTTP/1.1 401 "))
        }
    }

    @Test("another expectation is refused, an empty one is none")
    func unknownExpectation() async throws {
        try await APIFixture.run { api in
            let answer = try await expecting("a-miracle", length: 4, api)
            #expect(answer.hasPrefix("HTTP/1.1 417 "))
            let none = "GET /health HTTP/1.1\r\nHost: x\r\nExpect:\r\n\r\n"
            #expect(try await rawExchange(none, with: api.address).hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("a connection is closed after an answer that says so, long before it is idle")
    func lastAnswer() async throws {
        var limits = APILimits()
        limits.idle = .seconds(400)
        try await APIFixture.run(limits) { api in
            let get = "GET /health HTTP/1.1\r\nHost: x\r\n"
            let request = "\(get)\r\n\(get)Expect: rain\r\n\r\n"
            let start = ContinuousClock.now
            let answers = try await exchangeUntilClosed(request, with: api.address)
            #expect(start.duration(to: .now) < .seconds(300))
            #expect(answers.contains("HTTP/1.1 200 ") && answers.contains("HTTP/1.1 417 "))
        }
    }

    @Test(
        "a header over the limits is refused with 431 and a sentence",
        arguments: [
            "X-Long: \(String(repeating: "x", count: 9_000))\r\n",
            String(repeating: "X-Many: 1\r\n", count: 101),
            String(repeating: "X-Sum: \(String(repeating: "x", count: 4_000))\r\n", count: 5),
        ]
    )
    func header(_ fields: String) async throws {
        try await APIFixture.run { api in
            let answer = try await rawExchange("GET /health HTTP/1.1\r\n\(fields)\r\n", with: api.address)
            #expect(answer.hasPrefix("HTTP/1.1 431 "))
            #expect(answer.contains("HEADER_TOO_LARGE"))
        }
    }

    @Test(
        "what is no request is refused with 400 and a sentence",
        arguments: [
            "good day\r\n\r\n", "GET /health HTTP/1.1\r\nno colon\r\n\r\n", "GET /health HTTP/9.9\r\n\r\n",
        ]
    )
    func unreadable(_ bytes: String) async throws {
        try await APIFixture.run { api in
            let answer = try await rawExchange(bytes, with: api.address)
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(answer.contains("MALFORMED_REQUEST"))
        }
    }

    @Test("the requests at once of a client behind a proxy have a limit")
    func atOnce() async throws {
        var limits = APILimits()
        limits.connectionsPerAddress = 1
        try await APIFixture.run(limits) { api in
            let secret = try await api.topic("nightly")
            let client = "X-Forwarded-For: 198.51.100.9"
            // The first request is answered when its body is complete, so it takes the client's one place.
            let first = "POST /\(secret.text) HTTP/1.1\r\nHost: x\r\n\(client)\r\nExpect: 100-continue\r\n"
            try await withUnfinishedRequest(first + "Content-Length: 4\r\n\r\n", to: api.address) {
                let second = try await api.post(
                    "/\(secret.text)",
                    .text("x"),
                    headers: .forwarded(for: "198.51.100.9")
                )
                #expect((second.status, second.retryAfter) == (429, 1))
                let other = try await api.post(
                    "/\(secret.text)",
                    .text("x"),
                    headers: .forwarded(for: "198.51.100.8")
                )
                #expect(other.status == 200)
                #expect(try await api.get("/health").status == 200)
            }
        }
    }

    @Test("the document names the public URL as its server")
    func servers() async throws {
        try await APIFixture.run(publicURL: "https://bot.example.org/api") { api in
            let document = try JSONDecoder().decode(
                JSONValue.self,
                from: Data(try await api.get("/openapi.json").body.utf8)
            )
            #expect(document["servers"] == .array([.object(["url": "https://bot.example.org/api"])]))
            #expect(document["openapi"] == "3.1.0")
        }
    }
}
