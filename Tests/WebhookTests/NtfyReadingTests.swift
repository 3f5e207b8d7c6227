import Foundation
import HTTP
import HTTPTypes
import Jobs
import Store
import Support
import Synchronization
import Testing
import Webhook

/// What senders of ntfy write, other than a text with headers.
@Suite("How posts are read", .timeLimit(.minutes(10)))
struct NtfyReadingTests {
    /// Posts once and returns what is in the outbox.
    private static func post(
        _ body: RequestBody,
        _ fields: [String: String] = [:],
        query: String = "",
        expecting status: Int = 200
    ) async throws -> TopicPost? {
        let result = Mutex<TopicPost?>(nil)
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)\(query)"
            var headers = HTTPFields()
            for (name, value) in fields { headers[try #require(HTTPField.Name(name))] = value }
            let answer = try await api.post(path, body, headers: headers)
            #expect(answer.status == status, "\(answer.body)")
            let posts = try await api.posts()
            result.withLock { $0 = posts.first }
        }
        return result.withLock(\.self)
    }

    @Test(
        "encoded words are decoded in every charset and encoding, and joined where they touch",
        arguments: [
            ("=?utf-8?q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=", "Grüße aus Köln"),
            ("=?UTF-8?B?xZrDs2R6?=", "Śódz"), ("=?ISO-8859-1?Q?na=EFve?=", "naïve"),
            ("=?windows-1251?B?zOjw?=", "Мир"), ("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本"),
            ("=?utf-8?q?one?= =?utf-8?q?_two?=", "one two"), ("=?utf-8?B?4oI=?=\t=?utf-8?B?rA==?=", "€"),
            ("up: =?utf-8*en?Q?50_=25?= now", "up: 50 % now"), ("=?utf-8?b?w6k?=", "é"),
            ("=?klingon?Q?x?=", "=?klingon?Q?x?="), ("2 =? 3 =?=", "2 =? 3 =?="),
            ("=?utf-8?q?=ZZ?=", "=?utf-8?q?=ZZ?="),
        ]
    )
    func encodedWords(_ title: String, _ expected: String) async throws {
        let tag = "=?utf-8?q?caf=C3=A9=2Cfire?="
        let post = try #require(try await Self.post(.text("x"), ["Title": title, "Tags": tag]))
        #expect(post.title == expected)
        #expect(post.tags == ["café", "fire"])
    }

    @Test("many encoded words in a row are joined in linear time", .timeLimit(.minutes(10)))
    func manyWords() async throws {
        let type = ["Content-Type": "application/x-www-form-urlencoded"]
        let known = "message=" + String(repeating: "%3D?utf-8?q?a?%3D", count: 50_000)
        #expect(try await Self.post(.text(known), type)?.text == String(repeating: "a", count: 50_000))
        let unknown = known.replacing("?utf-8?", with: "?klingon?")
        #expect(try await Self.post(.text(unknown), type)?.text.utf8.count == 50_000 * 16 - 1)
    }

    @Test(
        "the query says what headers do not",
        arguments: [
            ("?t=disk+full&message=9%25%20left&ta=a,b&p=min", ["Title": "header"], "header", "9% left"),
            ("?title=T&m=one%5Cntwo", [:], "T", "one\ntwo"),
        ]
    )
    func query(_ query: String, _ headers: [String: String], _ title: String, _ text: String) async throws {
        let post = try await Self.post(.text(""), headers, query: query)
        #expect(post?.title == title && post?.text == text)
    }

    @Test("the priority that proxies add is not the sender's")
    func proxyPriority() async throws {
        #expect(
            try await Self.post(.text("x"), ["Priority": "u=2, i", "prio": "urgent"])?.priority == .urgent
        )
    }

    @Test(
        "a post without a text says that it was triggered, or which file it names",
        arguments: [
            ("", [:], "triggered"), (" \n", ["Title": "T"], "triggered"),
            (#"{"title": "T"}"#, [:], "triggered"),
            (#"{"message": ""}"#, [:], "triggered"),
            ("", ["Attach": "https://files.example.org/a/plan.pdf?x=1"], "You received a file: plan.pdf"),
        ]
    )
    func noText(_ body: String, _ headers: [String: String], _ text: String) async throws {
        #expect(try await Self.post(.text(body), headers)?.text == text)
    }

    @Test(
        "other senders' words for title and text are read; other JSON stays whole",
        arguments: [
            (#"{"title": "Disk", "body": "full"}"#, "Disk", "full"),
            (#"{"text": "deployed", "username": "ci"}"#, nil, "deployed"),
            (#"{"subject": "S", "content": "C"}"#, "S", "C"), (#"{"msg": "m", "priority": 5}"#, nil, "m"),
            (#"{"text": "good film", "label": 1}"#, nil, #"{"text": "good film", "label": 1}"#),
            (#"{"title": "Disk", "used": 97}"#, nil, #"{"title": "Disk", "used": 97}"#),
            (#"{"content": "merged", "embeds": [], "attachments": {}, "nonce": null}"#, nil, "merged"),
            (
                #"{"text": "lost?", "attachments": [{"text": "no"}]}"#, nil,
                #"{"text": "lost?", "attachments": [{"text": "no"}]}"#
            ),
        ]
    )
    func envelopes(_ body: String, _ title: String?, _ text: String) async throws {
        let post = try await Self.post(.text(body))
        #expect(post?.title == title && post?.text == text)
    }

    @Test(
        "white space at the ends of a text is cut, and nothing else",
        arguments: [
            "kiln is warm", " kiln", "kiln\r\n", "\u{85}kiln\u{2028}", "é kiln é", "k", "🔥\u{3000}", "~kiln!",
        ]
    )
    func whiteSpace(_ text: String) async throws {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try await Self.post(.text(text))?.text == trimmed)
        let json = try String(decoding: JSONEncoder().encode(["message": text]), as: UTF8.self)
        #expect(try await Self.post(.text(json))?.text == trimmed)
    }

    @Test("a link is never cut")
    func longLink() async throws {
        let link = "https://ci.example.org/" + String(repeating: "long/", count: 600)
        #expect(try await Self.post(.text("x"), ["Click": link])?.link == link)
    }

    @Test("a text in another charset than UTF-8 is read: named, with a mark, or guessed")
    func charsets() async throws {
        let named = [UInt8](arrayLiteral: 0xF0, 0xD2, 0xC9)
        #expect(
            try await Self.post(.bytes(named), ["Content-Type": "text/plain; charset=\"koi8-r\""])?.text
                == "При"
        )
        let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(#"{"message": "m", "title": "T"}"#.utf8)
        for type in ["application/json", "application/json; charset=utf-8"] {
            #expect(try await Self.post(.bytes(marked), ["Content-Type": type])?.title == "T")
        }
        #expect(try await Self.post(.bytes([0xFF, 0xFE, 0x41, 0, 0xE9, 0]))?.text == "Aé")
        #expect(try await Self.post(.bytes([0x64, 0xE9, 0x6A, 0xE0]))?.text == "déjà")
    }

    @Test("a form is read as its fields; what curl calls a form, but is a text, stays a text")
    func forms() async throws {
        let type = ["Content-Type": "application/x-www-form-urlencoded"]
        let form = try await Self.post(.text("title=A%2BB&message=two+words%0Aline&tags=fire"), type)
        #expect(form?.title == "A+B" && form?.text == "two words\nline" && form?.tags == ["fire"])
        for text in ["loss=0.3&epoch=7", "message=is this text", "a=b"] {
            #expect(try await Self.post(.text(text), type)?.text == text)
        }
    }

    @Test("the fields of a multipart form are read; a broken one and a file are refused")
    func multipart() async throws {
        func part(_ head: String, _ text: String) -> String {
            "--b1\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(text)\r\n"
        }
        let type = ["Content-Type": "multipart/form-data; boundary=b1"]
        let body = part(#"name="message""#, "from a\r\nform") + part(#"name="title""#, "T") + "--b1--\r\n"
        let post = try await Self.post(.text(body), type)
        #expect(post?.text == "from a\r\nform" && post?.title == "T")
        let unchosen = part(#"name="f"; filename="""#, "") + part(#"name="message""#, "m") + "--b1--\r\n"
        #expect(try await Self.post(.text(unchosen), type)?.text == "m")
        let long = ["Content-Type": "multipart/form-data; boundary=\(String(repeating: "-", count: 71))"]
        #expect(try await Self.post(.text(body), long, expecting: 400) == nil)
        for (broken, status) in [
            ("no part", 400), (part("name=\"message\"", "open"), 400),
            (part("name=\"f\"; filename=\"a;b.bin\"", "x") + "--b1--", 415),
        ] {
            #expect(try await Self.post(.text(broken), type, expecting: status) == nil)
        }
    }

    @Test("a form loses nothing: unknown fields are a text, several files are refused")
    func odd() async throws {
        func part(_ head: String, _ text: String) -> String {
            "--b1\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(text)\r\n"
        }
        let type = ["Content-Type": "multipart/form-data; boundary=b1"]
        let unknown = part(#"name="Loss""#, "0.25") + part(#"name="epoch""#, "9") + "--b1--"
        #expect(try await Self.post(.text(unknown), type)?.text == "loss: 0.25\nepoch: 9")
        let empty =
            part(#"name="f"; filename="cron.log""#, "") + part(#"name="g"; filename="""#, "") + "--b1--"
        #expect(try await Self.post(.text(empty), type)?.text == "The file cron.log is empty.")
        let files = part(#"name="f"; filename="a""#, "1") + part(#"name="g"; filename="b""#, "2") + "--b1--"
        #expect(try await Self.post(.text(files), type, expecting: 400) == nil)
    }

    @Test(
        "JSON is read with names in any case and in every encoding of its text",
        arguments: [
            Array(#"{"Message": "né", "TITLE": "T", "title": "t", "Tags": [7, "fire"]}"#.utf8),
            [0xEF, 0xBB, 0xBF] + Array(#"{"message": "né", "title": "t", "tags": "7,fire"}"#.utf8),
            [0xFF, 0xFE]
                + #"{"message": "né", "title": "t", "tags": "7,fire"}"#.utf16.flatMap {
                    [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)]
                },
        ] as [[UInt8]]
    )
    func json(_ body: [UInt8]) async throws {
        let post = try await Self.post(.bytes(body))
        #expect(post?.text == "né" && post?.title == "t" && post?.tags == ["7", "fire"])
    }

    @Test("a body that is no text is refused, and so is one with a file's name")
    func files() async throws {
        #expect(try await Self.post(.bytes([0x1F, 0x8B, 0, 1, 0xFF]), expecting: 415) == nil)
        #expect(try await Self.post(.text("x"), ["Filename": "x.txt"], expecting: 415) == nil)
    }

    @Test("templates are refused, wherever they are asked for", arguments: ["X-Template", "Template", "tpl"])
    func templates(_ name: String) async throws {
        #expect(try await Self.post(.text("{}"), [name: "yes"], expecting: 400) == nil)
        #expect(
            try await Self.post(.text("{}"), query: "?\(name.lowercased())=grafana", expecting: 400) == nil
        )
        #expect(try await Self.post(.text("m"), [name: "no"])?.text == "m")
    }

    @Test(
        "Markdown is asked for by header, type, query or JSON",
        arguments: [
            ("m", ["Markdown": "yes"], ""), ("m", ["Content-Type": "text/markdown; charset=utf-8"], ""),
            ("m", [:], "?md=1"), (#"{"message": "m", "markdown": true}"#, [:], ""),
        ]
    )
    func markdown(_ body: String, _ headers: [String: String], _ query: String) async throws {
        #expect(try await Self.post(.text(body), headers, query: query)?.isMarkdown == true)
    }
}
