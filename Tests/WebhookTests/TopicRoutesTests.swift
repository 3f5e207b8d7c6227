import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("Posts to a topic", .timeLimit(.minutes(10)))
struct TopicRoutesTests {
    private static let bodies: [(String, String)] = [
        (#"{"message": "data pulled"}"#, "data pulled"),
        (#"{"message": "line\nline é 👩‍👩‍👧‍👦 \u0416", "more": 1}"#, "line\nline é 👩‍👩‍👧‍👦 Ж"),
        ("finished", "finished"),
        ("  two\nlines \n", "two\nlines"),
        ("x=1&y=2", "x=1&y=2"),
        // An old do-notify nests JSON in JSON without escapes.
        (#"{"message": "{"newlyCreated":{"id":"a"}}"}"#, #"{"newlyCreated":{"id":"a"}}"#),
        ("{\"message\": \"first\nsecond\"}", "first\nsecond"),
        (#"{"message": {"a": 1}}"#, #"{"message": {"a": 1}}"#),
        (#"{"loss": 0.25}"#, #"{"loss": 0.25}"#),
        (#"["message"]"#, #"["message"]"#),
        (#"{"message": "cut of"#, #"{"message": "cut of"#),
    ]

    @Test("a body in any form is enqueued as its message before the response", arguments: bodies)
    func forms(_ body: String, _ expected: String) async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            let answer = try await api.post("/\(secret.text)", .text(body))
            #expect(answer.status == 200)
            #expect(try await api.posts() == [TopicPost(topic: "nightly", text: expected)])
            let row = try #require(try await api.store.read { try $0.outboxMessage(1) })
            #expect((row.chatID, row.threadID, row.kind, row.state) == (1, 4, .post, .pending))
        }
    }

    @Test("a body of joined characters is read in linear time")
    func flags() async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            // Two of these make a flag: where a flag begins depends on all the characters before it.
            func flags(_ count: Int) -> String { String(repeating: "\u{1F1E6}", count: count) }
            let (all, half) = (flags(APIFixture.bodyLimit / 4 - 20), flags(APIFixture.bodyLimit / 8 - 20))
            for body in ["{\"message\":\"\(all)x", "{\"message\": \"\(half)\"\(half)\"}"] {
                #expect(try await api.post("/\(secret.text)", .text(body)).status == 200)
            }
            #expect(try await api.posts().count == 2)
        }
    }

    @Test(
        "do-notify of the image posts a message with any first character",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl"), "curl is missing"),
        arguments: ["@services", "finished", "{\"message\": \"two\\nlines\"}"]
    )
    func doNotify(_ message: String) async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let script = try String(contentsOf: root.appending(path: "image/guest/do-notify"), encoding: .utf8)
        try await withTemporaryFolder { folder in
            try await APIFixture.run { api in
                let secret = try await api.topic("nightly")
                try Data("OKAI_BOT_URL=\(api.address)\n".utf8).write(to: URL(filePath: "\(folder)/services"))
                let process = Process()
                process.executableURL = URL(filePath: "/bin/sh")
                process.arguments = [
                    "-c", script.replacing("/etc/okai/services", with: "\(folder)/services"), "do-notify",
                    secret.text, message,
                ]
                process.currentDirectoryURL = URL(filePath: folder)
                process.standardOutput = FileHandle.nullDevice
                try process.run()
                #expect(await ProcessExit.wait(for: process.processIdentifier))
                let expected = message.hasPrefix("{") ? "two\nlines" : message
                #expect(try await api.posts().map(\.text) == [expected])
            }
        }
    }

    @Test("posts with an empty Idempotency-Key are all enqueued")
    func emptyKey() async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            for text in ["one", "two"] {
                _ = try await api.post("/\(secret.text)", .text(text), headers: [.idempotency: ""])
            }
            #expect(try await api.posts().map(\.text) == ["one", "two"])
        }
    }

    @Test("a post to an unknown address is refused before its body is read")
    func largeStranger() async throws {
        try await APIFixture.run { api in
            let answer = try await api.post(
                "/\(Secret.random().text)",
                .bytes(.init(repeating: 0x61, count: 900_000))
            )
            #expect(answer.status == 404)
        }
    }

    @Test("invalid UTF-8 is repaired, not refused")
    func brokenText() async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            // "é" and half of another.
            #expect(try await api.post("/\(secret.text)", .bytes([0xC3, 0xA9, 0x61, 0xC3])).status == 200)
            #expect(try await api.posts().map(\.text) == ["éa\u{FFFD}"])
        }
    }

    @Test("posts keep their order, and each is a message")
    func order() async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            for number in 1...20 { _ = try await api.post("/\(secret.text)", .text("\(number)")) }
            #expect(try await api.posts().map(\.text) == (1...20).map(String.init))
        }
    }

    @Test("an unknown address is answered 404, and the response does not repeat it")
    func unknown() async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            for path in ["/\(secret.text)x", "/nightly", "/\(Secret.random().text)"] {
                let answer = try await api.post(path, .text("hello"))
                #expect(answer.status == 404)
                #expect(try answer.code == "TOPIC_NOT_FOUND")
                #expect(!answer.body.contains(String(path.dropFirst())))
            }
            #expect(try await api.posts() == [])
        }
    }

    @Test("a body at the limit is accepted; one byte more is refused")
    func limit() async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)"
            let full = String(repeating: "x", count: APIFixture.bodyLimit)
            #expect(try await api.post(path, .text(full)).status == 200)
            let answer = try await api.post(path, .text(full + "x"))
            #expect(answer.status == 413)
            #expect(try answer.code == "BODY_TOO_LARGE")
            #expect(try await api.posts().count == 1)
        }
    }

    @Test("a body far over the limit is refused before it was sent completely")
    func huge() async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)"
            let size = 40 << 20
            let head = "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(size)\r\n\r\n"
            let answer = try await rawExchange(head + String(repeating: "x", count: size), with: api.address)
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test("a chunked body over the limit is refused")
    func chunked() async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)"
            var chunks = "POST \(path) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            for _ in 0...16 { chunks += "10000\r\n\(String(repeating: "x", count: 1 << 16))\r\n" }
            let answer = try await rawExchange(chunks + "0\r\n\r\n", with: api.address)
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(try await api.posts() == [])
        }
    }
}
