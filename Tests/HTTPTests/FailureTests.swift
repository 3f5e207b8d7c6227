import Glibc
import HTTP
import HTTPTypes
import Support
import Testing

@Suite("HTTP failures", .timeLimit(.minutes(10)))
struct FailureTests {
    @Test("a refused connection is an error before sending")
    func refused() async throws {
        let error = await failure(
            of: HTTPRequest(method: .post, scheme: "http", authority: "127.0.0.1:1", path: "/")
        )
        #expect(error?.kind == .connect)
        #expect(error?.requestMayHaveArrived == false)
        #expect(error?.message.contains("127.0.0.1") == true)
    }

    @Test(
        "an invalid host name is a resolve error",
        .disabled(if: Self.hasProxy, "the proxy would resolve the name")
    )
    func unresolved() async throws {
        // A DNS label has at most 63 characters, so no DNS server is queried.
        let host = String(repeating: "x", count: 64)
        let error = await failure(of: HTTPRequest(method: .get, scheme: "http", authority: host, path: "/"))
        #expect(error?.kind == .resolve)
        #expect(error?.requestMayHaveArrived == false)
    }

    @Test("a server without TLS is a TLS error")
    func plain() async throws {
        try await withRawServer { connection in
            try await connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            _ = try await connection.readHead()
        } _: { server in
            let request = HTTPRequest(method: .get, scheme: "https", authority: server.authority, path: "/")
            let error = await failure(of: request)
            #expect(error?.kind == .tls)
            #expect(error?.requestMayHaveArrived == false)
        }
    }

    @Test("after a reset instead of a response the request may have arrived")
    func reset() async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.reset()
        } _: { server in
            let error = await failure(of: server.request(.post, "/"))
            #expect(error?.kind == .interrupted)
            #expect(error?.requestMayHaveArrived == true)
        }
    }

    @Test(
        "a connection that closes within the response head is interrupted",
        arguments: ["", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nA: b\r\n"]
    )
    func headless(_ head: String) async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write(head)
        } _: { server in
            let error = await failure(of: server.request(.get, "/"))
            #expect(error?.kind == .interrupted)
        }
    }

    @Test(
        "on a dead pooled connection a PUT is repeated and a POST is not",
        arguments: [(.put, 3), (.post, 2)] as [(HTTPRequest.Method, Int)]
    )
    func deadConnection(method: HTTPRequest.Method, expected: Int) async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await withRawServer { connection in
            guard try await connection.read(through: "body") != nil else { return }
            arrived.yield()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            guard try await connection.read(through: "body") != nil else { return }
            arrived.yield()
            try await connection.reset()
        } _: { server in
            let client = HTTPClient()
            let send = {
                try await client.send(server.request(method, "/"), body: .bytes(Array("body".utf8)))
            }
            _ = try await send()
            if method == .put {
                #expect(try await send().response.status == .ok)
            } else {
                let error = await #expect(throws: TransferError.self) { try await send() }
                #expect(error?.kind == .interrupted)
                #expect(error?.requestMayHaveArrived == true)
            }
        }
        arrived.finish()
        #expect(await arrivals.reduce(0) { count, _ in count + 1 } == expected)
    }

    @Test("a body that ends early is an interrupted transfer")
    func truncated() async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        } _: { server in
            let (response, body) = try await HTTPClient().open(server.request(.get, "/"))
            #expect(response.status == .ok)
            let error = await #expect(throws: TransferError.self) { try await body.collect(upTo: 100) }
            #expect(error?.kind == .interrupted)
        }
    }

    @Test(
        "a server that does not answer causes a timeout by the total or the idle limit",
        arguments: [
            TransferTimeouts(total: .milliseconds(50), idle: .seconds(60)),
            TransferTimeouts(total: nil, idle: .seconds(1)),
        ]
    )
    func silent(timeouts: TransferTimeouts) async throws {
        try await withRawServer { connection in
            while try await connection.readHead() != nil {}
        } _: { server in
            let error = await failure(of: server.request(.get, "/"), timeouts: timeouts)
            #expect(error?.kind == .timeout)
            #expect(error?.requestMayHaveArrived == true)
        }
    }

    @Test("a TLS handshake that never ends causes a timeout before sending")
    func silentHandshake() async throws {
        try await withRawServer { connection in
            while try await connection.readHead() != nil {}
        } _: { server in
            let error = await failure(
                of: HTTPRequest(method: .get, scheme: "https", authority: server.authority, path: "/"),
                timeouts: TransferTimeouts(connect: .milliseconds(50), total: nil, idle: .seconds(60))
            )
            #expect(error?.kind == .timeout)
            #expect(error?.requestMayHaveArrived == false)
        }
    }

    private static var hasProxy: Bool {
        getenv("http_proxy") != nil || getenv("all_proxy") != nil || getenv("ALL_PROXY") != nil
    }

    private func failure(
        of request: HTTPRequest,
        timeouts: TransferTimeouts = .standard
    ) async -> TransferError? {
        await #expect(throws: TransferError.self) { try await HTTPClient().send(request, timeouts: timeouts) }
    }
}
