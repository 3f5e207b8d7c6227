import Contract
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
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
        // What the old do-notify builds: JSON within JSON, not escaped.
        (#"{"message": "{"newlyCreated":{"id":"a"}}"}"#, #"{"newlyCreated":{"id":"a"}}"#),
        ("{\"message\": \"first\nsecond\"}", "first\nsecond"),
        (#"{"message": {"a": 1}}"#, #"{"message": {"a": 1}}"#),
        (#"{"msg": "x"}"#, #"{"msg": "x"}"#),
        (#"["message"]"#, #"["message"]"#),
        (#"{"message": "cut of"#, #"{"message": "cut of"#),
    ]

    @Test("whatever form it has, what was meant is kept before it is answered", arguments: bodies)
    func forms(_ body: String, _ expected: String) async throws {
        try await Door.open { door in
            let secret = try await door.topic("nightly")
            let answer = try await door.post("/\(secret.text)", .text(body))
            #expect((answer.status, answer.body) == (200, "Notification sent"))
            #expect(try await door.notifications() == [TopicPost(topic: "nightly", text: expected)])
            let row = try #require(try await door.store.read { try $0.outboxMessage(1) })
            #expect((row.chatID, row.threadID, row.kind, row.state) == (1, 4, .post, .pending))
        }
    }

    @Test("a long run of characters that hang together takes no longer than it is")
    func flags() async throws {
        try await Door.open { door in
            let secret = try await door.topic("nightly")
            // Halves of flags, of four bytes: where one begins is only known from the first of them.
            func flags(_ count: Int) -> String { String(repeating: "\u{1F1E6}", count: count) }
            let (all, half) = (flags(Door.bodyLimit / 4 - 20), flags(Door.bodyLimit / 8 - 20))
            for body in ["{\"message\":\"\(all)x", "{\"message\": \"\(half)\"\(half)\"}"] {
                #expect(try await door.post("/\(secret.text)", .text(body)).status == 200)
            }
            #expect(try await door.notifications().count == 2)
        }
    }

    @Test(
        "do-notify of the image posts its message, whatever that begins with",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl"), "curl is missing"),
        arguments: ["@services", "finished", "{\"message\": \"two\\nlines\"}"]
    )
    func doNotify(_ message: String) async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let script = try String(contentsOf: root.appending(path: "image/guest/do-notify"), encoding: .utf8)
        try await withTemporaryFolder { folder in
            try await Door.open { door in
                let secret = try await door.topic("nightly")
                try Data("OKAI_BOT_URL=\(door.address)\n".utf8).write(to: URL(filePath: "\(folder)/services"))
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
                #expect(try await door.notifications().map(\.text) == [expected])
            }
        }
    }

    @Test("an empty key is none: each post is a message")
    func emptyKey() async throws {
        try await Door.open { door in
            let secret = try await door.topic("nightly")
            for text in ["one", "two"] {
                _ = try await door.post("/\(secret.text)", .text(text), headers: [.idempotency: ""])
            }
            #expect(try await door.notifications().map(\.text) == ["one", "two"])
        }
    }

    @Test("who has no address is refused before a large body is taken, whatever its length is said to be")
    func largeStranger() async throws {
        try await Door.open { door in
            let answer = try await door.post(
                "/\(Secret.random().text)",
                .bytes(.init(repeating: 0x61, count: 900_000))
            )
            #expect(answer.status == 404)
        }
    }

    @Test("bytes that are no text are repaired, not refused")
    func brokenText() async throws {
        try await Door.open { door in
            let secret = try await door.topic("nightly")
            #expect(try await door.post("/\(secret.text)", .bytes([0x61, 0xFF, 0x62])).status == 200)
            #expect(try await door.notifications().map(\.text) == ["a\u{FFFD}b"])
        }
    }

    @Test("posts keep their order, each a message of its own")
    func order() async throws {
        try await Door.open { door in
            let secret = try await door.topic("nightly")
            for number in 1...20 { _ = try await door.post("/\(secret.text)", .text("\(number)")) }
            #expect(try await door.notifications().map(\.text) == (1...20).map(String.init))
        }
    }

    @Test("an address that was never given out is not found, and says nothing more")
    func unknown() async throws {
        try await Door.open { door in
            let secret = try await door.topic("nightly")
            for path in ["/\(secret.text)x", "/nightly", "/\(Secret.random().text)"] {
                let answer = try await door.post(path, .text("hello"))
                #expect(answer.status == 404)
                #expect(try answer.code == "TOPIC_NOT_FOUND")
                #expect(!answer.body.contains(String(path.dropFirst())))
            }
            #expect(try await door.notifications() == [])
        }
    }

    @Test("nothing at all is refused", arguments: ["", " \n", #"{"message": ""}"#, #"{"message": " "}"#])
    func empty(_ body: String) async throws {
        try await Door.open { door in
            let secret = try await door.topic("nightly")
            let answer = try await door.post("/\(secret.text)", .text(body))
            #expect(answer.status == 400)
            #expect(try answer.code == "EMPTY_BODY")
            #expect(try await door.notifications() == [])
        }
    }

    @Test("a body at the limit is taken, one byte more is not")
    func limit() async throws {
        try await Door.open { door in
            let path = "/\(try await door.topic("nightly").text)"
            let full = String(repeating: "x", count: Door.bodyLimit)
            #expect(try await door.post(path, .text(full)).status == 200)
            let answer = try await door.post(path, .text(full + "x"))
            #expect(answer.status == 413)
            #expect(try answer.code == "BODY_TOO_LARGE")
            #expect(try await door.notifications().count == 1)
        }
    }

    @Test("a body far beyond the limit is refused while it is still on its way, and the sender hears of it")
    func huge() async throws {
        try await Door.open { door in
            let path = "/\(try await door.topic("nightly").text)"
            let size = 40 << 20
            let head = "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(size)\r\n\r\n"
            let answer = try await rawExchange(head + String(repeating: "x", count: size), with: door.address)
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test("a body that does not tell its length is cut off at the limit, too")
    func chunked() async throws {
        try await Door.open { door in
            let path = "/\(try await door.topic("nightly").text)"
            var chunks = "POST \(path) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            for _ in 0...16 { chunks += "10000\r\n\(String(repeating: "x", count: 1 << 16))\r\n" }
            let answer = try await rawExchange(chunks + "0\r\n\r\n", with: door.address)
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(try await door.notifications() == [])
        }
    }
}

@Suite("The door itself", .timeLimit(.minutes(10)))
struct DoorTests {
    @Test("it says that it is there")
    func health() async throws {
        try await Door.open { door in
            let answer = try await door.get("/health")
            #expect((answer.status, answer.body) == (200, "OK"))
        }
    }

    @Test("the description for machines names every route that there is, and no other")
    func description() async throws {
        let queue = JobQueue(
            store: try SQLiteStore(),
            walrus: WalrusAccess(aggregators: [], publisher: "", epochs: 5, authorization: .lease)
        )
        let files = FileExchange(answers: AnswerFiles(folder: "/nowhere")) { _ in throw FileFault.gone }
        let router = APIRouter.make(
            queue: queue,
            images: "/nowhere",
            files: files,
            logger: LogBook().logger
        )
        let routes = router.routes.map { route in
            "\(route.method.rawValue.lowercased()) \(route.path.description.replacing(/:(\w+)/) { "{\($0.1)}" })"
        }
        try await Door.open { door in
            let answer = try await door.get("/openapi.json")
            #expect(answer.status == 200)
            let document = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body.utf8))
            guard case .object(let paths)? = document["paths"] else { throw WebhookError.notFound }
            let described = paths.flatMap { path, operations -> [String] in
                guard case .object(let methods) = operations else { return [] }
                return methods.keys.map { "\($0) \(path)" }
            }
            #expect(described.sorted() == routes.sorted())
        }
    }

    @Test(
        "other addresses and methods are refused in JSON",
        arguments: [("/", 404), ("/a/b", 404), ("/v1/jobs", 404)]
    )
    func unknown(_ path: String, _ status: Int) async throws {
        try await Door.open { door in
            let answer = try await door.get(path)
            #expect(answer.status == status)
            #expect(try answer.code == "NOT_FOUND")
        }
    }
}
