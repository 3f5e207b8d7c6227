import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("Posts that replace, end and delay messages", .timeLimit(.minutes(10)))
struct SequenceRoutesTests {
    private static func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ text: String = "",
        _ fields: [String: String] = [:],
        to api: APIFixture
    ) async throws -> APIFixture.Response {
        var headers = HTTPFields()
        for (name, value) in fields { headers[try #require(HTTPField.Name(name))] = value }
        return try await api.send(.init(method: method, path: path, headers: headers, body: Array(text.utf8)))
    }

    @Test("a post to a name replaces the waiting message of that name", arguments: [true, false])
    func update(_ inPath: Bool) async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("build").text)"
            for percent in ["10 %", "60 %"] {
                let answer =
                    inPath
                    ? try await Self.send(.post, "\(path)/job-7", percent, to: api)
                    : try await Self.send(.post, path, percent, ["X-Sequence-ID": "job-7"], to: api)
                #expect(answer.status == 200)
                #expect(answer.body.contains(#""sequence_id":"job-7""#))
            }
            _ = try await Self.send(.post, "\(path)/job-8", "other", to: api)
            #expect(try await api.posts().map(\.text) == ["60 %", "other"])
        }
    }

    @Test("the id in the answer names the message, too")
    func byID() async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("build").text)"
            let answer = try await Self.send(.post, path, "first", to: api)
            let id = try #require(answer.body.firstMatch(of: /"id":"([a-z0-9]{12})"/)).1
            #expect(try await Self.send(.put, "\(path)/\(id)", "second", to: api).status == 200)
            #expect(try await api.posts().map(\.text) == ["second"])
            // Another topic of the chat has no such message.
            let other = "/\(try await api.topic("other").text)"
            #expect(try await Self.send(.delete, "\(other)/\(id)", to: api).status == 200)
            #expect(try await api.posts().map(\.text) == ["second"])
            let deleted = try await Self.send(.delete, "\(path)/\(id)", to: api)
            #expect(deleted.status == 200 && deleted.body.contains("message_delete"))
            #expect(try await api.posts() == [])
        }
    }

    @Test("a message is cleared by both of ntfy's words, and an unknown name is no error")
    func clear() async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("build").text)"
            _ = try await Self.send(.post, "\(path)/a", "text", to: api)
            for (method, verb) in [(.put, "clear"), (.post, "read")] as [(HTTPRequest.Method, String)] {
                let answer = try await Self.send(method, "\(path)/a/\(verb)", to: api)
                #expect(answer.status == 200 && answer.body.contains("message_clear"))
            }
            #expect(try await api.posts().map(\.ending) == [.cleared])
            #expect(try await Self.send(.delete, "\(path)/nobody", to: api).status == 200)
            #expect(try await Self.send(.delete, "/\(Secret.random().text)/a", to: api).status == 404)
        }
    }

    @Test("a name that ntfy does not allow is refused; a word of ntfy's routes is no name")
    func names() async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("build").text)"
            let answer = try await Self.send(.post, path, "x", ["SID": "two words"], to: api)
            #expect(answer.status == 400)
            #expect(try answer.code == "BAD_SEQUENCE")
            for word in ["json", "publish", "clear"] {
                let status = try await Self.send(.post, "\(path)/\(word)", "x", to: api).status
                // GET publishes at /publish.
                #expect(status == (word == "publish" ? 405 : 404), "\(word)")
            }
            #expect(try await api.posts() == [])
        }
    }

    @Test("a delayed post is kept once, replaced by its name, and cancelled by DELETE")
    func delayed() async throws {
        try await APIFixture.run { api in
            let path = "/\(try await api.topic("build").text)"
            let fields = ["In": "5m", "Idempotency-Key": "once"]
            for _ in 0..<2 {
                #expect(try await Self.send(.post, path, "later", fields, to: api).status == 200)
            }
            for text in ["alarm 1", "alarm 2"] {
                _ = try await Self.send(.post, "\(path)/heartbeat", text, ["Delay": "5m"], to: api)
            }
            #expect(try await api.posts() == [])
            let kept = try await api.store.read { try $0.delayedPosts(ofChat: 1) }
            #expect(kept.map(\.post.text) == ["later", "alarm 2"])
            _ = try await Self.send(.delete, "\(path)/heartbeat", to: api)
            #expect(try await api.store.read { try $0.delayedPosts(ofChat: 1) }.map(\.post.text) == ["later"])
            let refused = try await Self.send(.post, path, "never", ["At": "someday"], to: api)
            #expect(refused.status == 400 && refused.body.contains("someday"))
        }
    }
}
