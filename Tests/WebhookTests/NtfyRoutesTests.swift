import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("The routes that ntfy has for publishing", .timeLimit(.minutes(10)))
struct NtfyRoutesTests {
    @Test("an answer is ntfy's JSON, with the name of the topic in the place of its secret")
    func answer() async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            let body =
                #"{"message": "*m*", "title": "T", "priority": 4, "tags": ["x"], "markdown": true, "click": "https://c.example.org"}"#
            let answer = try await api.post("/\(secret.text)", .text(body))
            let json = try answer.json
            let id = try #require(json["id"]?.string)
            #expect(id.count == 12 && id.allSatisfy { $0.isLetter || $0.isNumber })
            #expect(PostID(id) == PostID(.message(1)))
            let texts = ["event", "topic", "message", "title", "click", "content_type"].map {
                json[$0]?.string
            }
            #expect(texts == ["message", "nightly", "*m*", "T", "https://c.example.org", "text/markdown"])
            #expect(json["priority"]?.integer == 4 && json["tags"]?.array?.count == 1)
            #expect(try #require(json["time"]?.integer) > 1_700_000_000)
            #expect(!answer.body.contains(secret.text))
        }
    }

    @Test("JSON to the root goes to its topic, which no one sees", arguments: ["", "/", "/?x=1"])
    func root(_ path: String) async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            for text in [
                #""message": "m", "title": "T""#, #""title": "T""#, #""tags": "fire""#, #""loss": 1"#,
            ] {
                let answer = try await api.post(path, .text(#"{"topic": "\#(secret.text)", \#(text)}"#))
                #expect(answer.status == 200)
            }
            let whole = #"{"topic": "…", "loss": 1}"#
            #expect(try await api.posts().map(\.text) == ["m", "triggered", "triggered", whole])
        }
    }

    @Test("the root reads JSON as PowerShell writes it, with the actions")
    func powerShell() async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly").text
            let action =
                #"{"Action": "view", "Label": "Panel", "URL": "https://p.example.org", "Clear": true}"#
            let body =
                #"{"Topic": "\#(secret)", "Message": "low", "FileName": "d.jpg", "Actions": [\#(action)]}"#
            #expect(try await api.post("/", .text(body)).status == 200)
            let post = try #require(try await api.posts().first)
            #expect(post.actions == [.open(label: "Panel", url: "https://p.example.org")])
            #expect(post.text == "low")
        }
    }

    @Test("the answer to a delayed post has the time at which it is sent")
    func delayed() async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)?in=2h"
            let time = try #require(try await api.post(path, .text("m")).json["time"]?.integer)
            #expect(time > Int(Date().timeIntervalSince1970) + 7_000)
        }
    }

    @Test("JSON to a topic's own address does not show the secret that it names")
    func hiddenSecret() async throws {
        try await APIFixture.run { api in
            let secret = try await api.topic("nightly")
            for text in [#""loss": 1"#, #""title": "T""#] {
                let body = #"{"topic": "\#(secret.text)", \#(text)}"#
                #expect(try await api.post("/\(secret.text)", .text(body)).status == 200)
            }
            let payloads = try await api.posts().map { try $0.payload }
            #expect(payloads.count == 2 && payloads.allSatisfy { !$0.contains(secret.text) })
        }
    }

    @Test(
        "a post to the root without a topic is refused, and one to an unknown topic is not found",
        arguments: [
            ("text", 400, "NO_TOPIC"), (#"{"message": "m"}"#, 400, "NO_TOPIC"), ("", 400, "NO_TOPIC"),
            (#"{"topic": "nightly", "message": "m"}"#, 404, "TOPIC_NOT_FOUND"),
        ]
    )
    func rootRefusals(_ body: String, _ status: Int, _ code: String) async throws {
        try await APIFixture.run { api in
            _ = try await api.topic("nightly")
            let answer = try await api.post("/", .text(body))
            #expect(answer.status == status)
            #expect(try answer.code == code)
        }
    }

    @Test("a GET publishes what its query says", arguments: ["publish", "send", "trigger"])
    func get(_ verb: String) async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)/\(verb)"
            #expect(try await api.get(path).status == 200)
            #expect(try await api.get("\(path)?message=door+open&tags=door").status == 200)
            #expect(try await api.posts().map(\.text) == ["triggered", "door open"])
            #expect(try await api.get("/\(Secret.random().text)/\(verb)").status == 404)
        }
    }

    @Test("a packed body is unpacked, up to the limit; an unknown packing is refused")
    func packed() async throws {
        // "nine of nine", and 4 MiB of zeros in 4 KiB, both packed with zlib.
        let text: [UInt8] = [
            0x78, 0x9C, 0xCB, 0xCB, 0xCC, 0x4B, 0x55, 0xC8, 0x4F, 0x53, 0xC8, 0x03, 0xD2, 0x00, 0x1C, 0xD1,
            0x04,
            0x6A,
        ]
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)"
            func post(_ bytes: [UInt8], _ encoding: String) async throws -> Int {
                try await api.post(path, .bytes(bytes), headers: [.contentEncoding: encoding]).status
            }
            #expect(try await post(text, "deflate") == 200)
            #expect(try await post(Array("plain".utf8), "identity") == 200)
            #expect(try await post(Array("plain".utf8), "gzip") == 400)
            #expect(try await post(text, "br") == 415)
            #expect(try await post(Self.bomb, "gzip") == 413)
            #expect(try await api.posts().map(\.text) == ["nine of nine", "plain"])
        }
    }

    /// Blocks of a deflate stream that repeat one byte, each 258 times by 2 bits.
    private static let bomb: [UInt8] = {
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
        // A block of fixed codes: "a", then matches of 258 bytes at distance 1, which are the bits 11000101 00000.
        var (bits, bytes) = ([0, 1, 1, 0] as [Int], head)
        bits = [1, 1, 0] + [1, 0, 0, 1, 0, 0, 0, 1]
        for _ in 0..<20_000 { bits += [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0] }
        while bits.count % 8 != 0 { bits.append(0) }
        for start in stride(from: 0, to: bits.count, by: 8) {
            bytes.append(bits[start..<start + 8].reversed().reduce(0) { $0 << 1 | UInt8($1) })
        }
        return bytes
    }()
}
