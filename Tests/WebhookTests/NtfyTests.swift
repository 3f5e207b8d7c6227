import Contract
import Foundation
import HTTPTypes
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("Posts in the format of ntfy", .timeLimit(.minutes(10)))
struct NtfyTests {
    private static let full: TopicPost = {
        var note = TopicPost(topic: "nightly", text: "3 of 9 tables")
        note.title = "Backup failed"
        note.priority = .high
        note.tags = ["warning", "db01"]
        note.link = "https://ci.example.org/7"
        return note
    }()

    private static let names: [[String: String]] = [
        [
            "Title": "Backup failed", "Priority": "high", "Tags": "warning,db01",
            "Click": "https://ci.example.org/7",
        ],
        [
            "X-Title": "Backup failed", "X-Priority": "4", "X-Tags": "warning, db01",
            "X-Click": "https://ci.example.org/7",
        ],
        ["t": "Backup failed", "p": "4", "ta": "warning,db01", "click": "https://ci.example.org/7"],
        [
            "ti": "=?UTF-8?B?QmFja3VwIGZhaWxlZA==?=", "prio": "high", "tag": "warning,db01",
            "X-Click": "https://ci.example.org/7",
        ],
    ]

    private static func headers(_ fields: [String: String]) throws -> HTTPFields {
        var headers = HTTPFields()
        for (name, value) in fields { headers[try #require(HTTPField.Name(name))] = value }
        return headers
    }

    @Test("headers hold title, priority, tags and link under each of their names", arguments: names)
    func headers(_ fields: [String: String]) async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)"
            let answer = try await api.post(path, .text("3 of 9 tables"), headers: Self.headers(fields))
            #expect(answer.status == 200)
            #expect(try await api.posts() == [Self.full])
        }
    }

    @Test(
        "JSON holds the same fields; fields of a wrong type are ignored",
        arguments: [
            (
                """
                {"message": "3 of 9 tables", "title": "Backup failed", "priority": 4, "tags": ["warning", "db01"],
                "click": "https://ci.example.org/7", "topic": "ignored"}
                """, full
            ),
            (
                """
                {"message": "3 of 9 tables", "title": "Backup failed", "priority": "high", "tags": "warning,db01",
                "link": "https://ci.example.org/7"}
                """, full
            ),
            (
                #"{"message": "m", "title": 7, "priority": 9, "tags": {}, "click": []}"#,
                TopicPost(topic: "nightly", text: "m")
            ),
        ]
    )
    func json(_ body: String, _ expected: TopicPost) async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)"
            #expect(try await api.post(path, .text(body)).status == 200)
            #expect(try await api.posts() == [expected])
        }
    }

    @Test("a message may be a header without a body, and a title becomes one line")
    func messageAsHeader() async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("nightly").text)"
            let fields = try Self.headers(["X-Message": "done"])
            #expect(try await api.post(path, .text(""), headers: fields).status == 200)
            let json = #"{"message": "m", "title": "one\ntwo"}"#
            #expect(try await api.post(path, .text(json)).status == 200)
            let notes = try await api.posts()
            #expect(notes.map(\.text) == ["done", "m"])
            #expect(notes.map(\.title) == [nil, "one two"])
        }
    }
}
