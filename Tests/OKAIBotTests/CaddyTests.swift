import Foundation
import HTTP
import HTTPTypes
import Support
import Testing

@Suite(
    "The Caddyfile in Caddy",
    .enabled(if: CaddyProcess.program != nil, "Caddy is not installed: apt-get install caddy"),
    .timeLimit(.minutes(10))
)
struct CaddyTests {
    /// Runs a bot behind Caddy; its folder of images has a file, a dot file, and a link out of the folder.
    private func withCaddy(
        _ body: @escaping @Sendable (CaddyProcess, RunningBot) async throws -> Void
    ) async throws {
        try await withBot { bot in
            await bot.fake.say("/status")
            _ = try await bot.fake.next("sendMessage")
            let images = bot.folder.appending(path: "data/images")
            try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
            try Data("0123456789".utf8).write(to: images.appending(path: "okai.qcow2"))
            try Data("dot".utf8).write(to: images.appending(path: ".hidden"))
            try FileManager.default.createSymbolicLink(
                atPath: images.appending(path: "out.qcow2").path(),
                withDestinationPath: "/etc/passwd"
            )
            // The first log line of the bot names its port.
            let port = bot.process.errorsSoFar.firstMatch(of: /port=(\d+)/).flatMap { Int($0.1) }
            try await CaddyProcess.run(before: try #require(port), images: images, in: bot.folder) {
                try await body($0, bot)
            }
        }
    }

    @Test("images are served by name, completely or in part")
    func images() async throws {
        try await withCaddy { caddy, _ in
            let whole = try await caddy.send(.get, "/images/okai.qcow2")
            #expect((whole.status, whole.body) == (200, "0123456789"))
            #expect(whole.headers[.eTag] != nil)
            #expect(whole.headers[.server] == nil)
            let part = try await caddy.send(.get, "/images/okai.qcow2", headers: [.range: "bytes=2-4"])
            #expect((part.status, part.body) == (206, "234"))
            #expect(part.headers[.contentRange] == "bytes 2-4/10")
            let head = try await caddy.send(.head, "/images/okai.qcow2")
            #expect((head.status, head.headers[.contentLength]) == (200, "10"))
            for path in [
                "/images", "/images/", "/images/.hidden", "/images/none.qcow2", "/images/../okai.sqlite",
                "/images/%2e%2e/okai.sqlite", "/images/..%2fokai.sqlite", "/images/sub/okai.qcow2",
            ] {
                let status = try await caddy.status(.get, path)
                #expect(status == 404, "\(path)")
            }
            for method in [HTTPRequest.Method.delete, .post, .put] {
                let status = try await caddy.status(method, "/images/okai.qcow2")
                #expect(status == 404, "\(method)")
            }
        }
    }

    @Test("a symbolic link in the folder of images is not followed")
    func links() async throws {
        try await withCaddy { caddy, _ in
            let answer = try await caddy.send(.get, "/images/out.qcow2")
            #expect(answer.status == 404)
            #expect(!answer.body.contains("root:"))
        }
    }

    @Test("the bot is reached only below /api")
    func routes() async throws {
        try await withCaddy { caddy, _ in
            let health = try await caddy.send(.get, "/api/health")
            #expect(health.status == 200)
            #expect(health.body.contains(#""telegram":"#))
            #expect(try await caddy.send(.get, "/health").body.contains(#""disk":"#))
            #expect(try await caddy.send(.get, "/api/openapi.json").body.contains("OKAI Bot"))
            for path in ["/apifoo", "/healthy", "/openapi.json", "/v1/blobs/x"] {
                let status = try await caddy.status(.get, path)
                #expect(status == 404, "\(path)")
            }
            for (method, path, status) in [
                (.get, "/", 405), (.head, "/health", 200), (.head, "/api/health", 200),
                (.delete, "/api/health", 405),
                (.options, "/api/v1/claim", 204), (.patch, "/api/health", 405), (.get, "/api/v1/health", 200),
            ] as [(HTTPRequest.Method, String, Int)] {
                let answer = try await caddy.status(method, path)
                #expect(answer == status, "\(method) \(path)")
            }
            #expect(try await caddy.status(.put, "/api/v1/blobs") == 401)
            #expect(try await caddy.status(.get, "/api/v1/blobs/\(Self.iris)") == 401)
            #expect(try await caddy.status(.post, "/api/v1/jobs/1/claim") == 401)
        }
    }

    private static let iris = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"

    @Test("a body over the limit is refused, with and without Content-Length")
    func bodies() async throws {
        try await withCaddy { caddy, _ in
            let large = [UInt8](repeating: 120, count: (10 << 20) + 1)
            let refused = try await caddy.send(.put, "/api/v1/blobs", body: .bytes(large))
            #expect((refused.status, refused.body) == (413, "413 Request Entity Too Large"))
            // A post may have a file, which may be larger than a blob.
            let file = try await caddy.send(.post, "/api/unknown", body: .bytes(large))
            #expect(file.body.contains("BODY_TOO_LARGE") || file.body.contains("TOPIC_NOT_FOUND"))
            let huge = [UInt8](repeating: 120, count: (15 << 20) + 1)
            let tooLarge = try await caddy.send(.post, "/api/unknown", body: .bytes(huge))
            #expect((tooLarge.status, tooLarge.body) == (413, "413 Request Entity Too Large"))
            // A body that Caddy lets through is the bot's to judge.
            let medium = try await caddy.send(
                .post,
                "/api/unknown",
                body: .bytes(Array(large.prefix(2 << 20)))
            )
            // The bot refuses it before it reads it, because nobody knows this address.
            #expect(medium.status == 404)
            #expect(medium.body.contains("TOPIC_NOT_FOUND"))
            let chunks = String(
                repeating: "100000\r\n\(String(repeating: "x", count: 1 << 20))\r\n",
                count: 16
            )
            let head = try await rawExchange(
                "POST /api/unknown HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)0\r\n\r\n",
                with: caddy.url
            )
            #expect(head.hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test("the log holds no secret of a topic, in whatever form the address is requested")
    func redaction() async throws {
        try await withCaddy { caddy, bot in
            await bot.fake.say("/register training")
            let answer = try await bot.fake.next("sendMessage", containing: "has an address")
            let address = try #require(answer.text.firstMatch(of: /<code>(http[^<]+)<\/code>/)).1
            let secret = String(try #require(address.split(separator: "/").last))
            let posted = try await caddy.send(
                .post,
                "/api/\(secret)",
                body: .bytes(Array("finished".utf8)),
                headers: [.authorization: "Bearer \(secret)", .referer: "/api/\(secret)"]
            )
            #expect(posted.status == 200)
            _ = try await bot.fake.next("sendMessage", containing: "finished")
            for path in [
                "/%61pi/\(secret)", "//api/\(secret)", "/api//\(secret)", "/images/../api/\(secret)",
                "/API/\(secret)", "/api/v1?\(secret)", "/api/v\(secret)", "/api/h\(secret)",
                "/api/health\(secret)", "/api/health/\(secret)", "/api/?\(secret)",
                "/api?topic=\(secret)", "/api/\(secret)/publish?message=x", "/api/\(secret)/7/clear",
                "/\(secret)",
                "/api/health?\(secret)", "/api/v1/../\(secret)", "/api/v1//\(secret)",
                "/api/v1/%2e/\(secret)",
                "/health/\(secret)", "/images/x?\(secret)",
            ] {
                _ = try await caddy.status(.post, path)
            }
            #expect(try await caddy.status(.post, "/api/v1/jobs/77/claim") == 401)
            #expect(try await caddy.status(.get, "/api/health") == 200)
            try await eventually("the last request is logged") {
                caddy.log.contains(#""uri":"/api/health""#)
            }
            #expect(!caddy.log.contains(secret))
            #expect(caddy.log.contains(#""uri":"""#))
            #expect(caddy.log.contains(#""uri":"/api/v1/jobs/77/claim""#))
        }
    }

    @Test("if the bot does not answer, the log of Caddy holds no secret either")
    func botAway() async throws {
        try await withTestFolder { folder in
            try await CaddyProcess.run(before: try freePort(), images: folder, in: folder) { caddy in
                #expect(try await caddy.status(.post, "/api/topsecret") == 502)
                try await eventually("the failure is logged") { caddy.log.contains(#""status":502"#) }
                #expect(!caddy.log.contains("topsecret"))
            }
        }
    }
}
