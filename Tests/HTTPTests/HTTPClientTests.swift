import Foundation
import Glibc
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Support
import Testing

@Suite("HTTP client", .timeLimit(.minutes(10)))
struct HTTPClientTests {
    @Test("a request sends a body and returns status, headers and body")
    func echo() async throws {
        try await withLoopbackServer(.echo) { server in
            let (response, body) = try await HTTPClient(userAgent: "probe/1").send(
                server.request(.post, "/echo", query: [("q", "a b")], headers: [.contentType: "text/csv"]),
                body: .bytes(Array("hello".utf8))
            )
            #expect(response.status == .ok)
            #expect(response.headerFields[.contentType] == "text/csv")
            #expect(response.headerFields[.userAgent] == "probe/1")
            #expect(response.headerFields[.expect] == nil)
            #expect(response.headerFields[.location] == "/echo?q=a%20b")
            #expect(response.headerFields[values: .setCookie] == ["a=1", "b=2"])
            #expect(String(decoding: body, as: UTF8.self) == "hello")
        }
    }

    @Test("an error status is a response, and a redirect is not followed", arguments: [404, 500, 302])
    func status(code: Int) async throws {
        try await withLoopbackServer(.echo) { server in
            let (response, _) = try await HTTPClient().send(server.request(.get, "/status/\(code)"))
            #expect(response.status.code == code)
        }
    }

    @Test(
        "a POST, PUT or PATCH without a body has a Content-Length of 0",
        arguments: [.post, .put, .patch] as [HTTPRequest.Method]
    )
    func emptyBody(method: HTTPRequest.Method) async throws {
        let heads = try await heads(of: [server(method)])
        #expect(heads[0].lowercased().contains("\r\ncontent-length: 0\r\n"))
    }

    @Test("a GET or DELETE has no Content-Length", arguments: [.get, .delete] as [HTTPRequest.Method])
    func noBody(method: HTTPRequest.Method) async throws {
        let heads = try await heads(of: [server(method)])
        #expect(heads[0].hasPrefix("\(method) /x HTTP/1.1\r\n"))
        #expect(!heads[0].lowercased().contains("content-length"))
    }

    @Test("a HEAD request returns a head and an empty body")
    func head() async throws {
        try await withRawServer { connection in
            while try await connection.readHead() != nil {
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            }
        } _: { server in
            let (response, body) = try await HTTPClient().send(server.request(.head, "/x"))
            #expect(response.headerFields[.contentLength] == "1000")
            #expect(body.isEmpty)
        }
    }

    @Test("an interim response is skipped, and the final head has all its fields")
    func interim() async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n")
            try await connection.write(
                "HTTP/1.1 203 Fine by me\r\nX-Twice:  one \r\nx-twice: two\r\nX-Empty:\r\n"
            )
            try await connection.write(
                "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX-Trailer: late\r\n\r\n"
            )
        } _: { server in
            let (response, body) = try await HTTPClient().send(server.request(.get, "/"))
            #expect(response.status == .init(code: 203, reasonPhrase: "Fine by me"))
            let (twice, empty) = try (
                #require(HTTPField.Name("X-Twice")), #require(HTTPField.Name("X-Empty"))
            )
            #expect(response.headerFields[values: twice] == ["one", "two"])
            #expect(response.headerFields[empty] == "")
            #expect(response.headerFields.count == 4)
            #expect(String(decoding: body, as: UTF8.self) == "ab")
        }
    }

    @Test("a connection is reused unless the request asks for a fresh one")
    func reuse() async throws {
        let (opened, open) = AsyncStream.makeStream(of: Void.self)
        try await withRawServer { connection in
            open.yield()
            while try await connection.readHead() != nil {
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        } _: { server in
            let client = HTTPClient()
            for choice in [ConnectionChoice.pooled, .pooled, .fresh] {
                _ = try await client.send(server.request(.get, "/"), connection: choice)
            }
        }
        open.finish()
        #expect(await opened.reduce(0) { count, _ in count + 1 } == 2)
    }

    @Test("child processes do not inherit sockets")
    func closeOnExec() async throws {
        try await withLoopbackServer(.echo) { server in
            let (_, body) = try await HTTPClient().open(server.request(.get, "/zeros/100000000"))
            let port = try #require(server.authority.split(separator: ":").last.flatMap { UInt16($0) })
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
                CInt($0)
            }
            let sockets = open.filter { peerPort(of: $0) == port }
            try #require(!sockets.isEmpty)
            for socket in sockets { #expect(fcntl(socket, F_GETFD) & FD_CLOEXEC != 0) }
            withExtendedLifetime(body) {}
        }
    }

    /// Sends `requests` to a raw server, which answers 204, and returns the heads that it received.
    private func heads(of requests: [HTTPRequest]) async throws -> [String] {
        let (heads, head) = AsyncStream.makeStream(of: String.self)
        try await withRawServer { connection in
            while let text = try await connection.readHead() {
                head.yield(text)
                try await connection.write("HTTP/1.1 204 No Content\r\n\r\n")
            }
        } _: { server in
            for var request in requests {
                request.authority = server.authority
                _ = try await HTTPClient().send(request)
            }
        }
        head.finish()
        return await heads.reduce(into: []) { $0.append($1) }
    }

    private func server(_ method: HTTPRequest.Method) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "http", authority: nil, path: "/x")
    }
}

/// The port at the other end of a TCP connection over IPv4.
private func peerPort(of descriptor: CInt) -> UInt16? {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &size) }
    }
    return code == 0 && address.sin_family == AF_INET ? UInt16(bigEndian: address.sin_port) : nil
}
