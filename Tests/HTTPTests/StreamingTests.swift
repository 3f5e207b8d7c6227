import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Support
import Synchronization
import Testing

@Suite("HTTP streaming", .timeLimit(.minutes(10)))
struct StreamingTests {
    @Test("a file is uploaded with its size and content")
    func upload() async throws {
        let content = Array(UInt64(0)..<4 << 20).withUnsafeBytes { Data($0) }
        let file = FileManager.default.temporaryDirectory.appending(path: "upload-\(UUID())")
        try content.write(to: file)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: file) } }

        let router = Router()
        router.put("/") { request, _ in
            let length = request.headers[.contentLength] ?? "none"
            var expected = ByteBuffer(bytes: content)
            for try await chunk in request.body where expected.readSlice(length: chunk.readableBytes) != chunk
            {
                return "differs"
            }
            return "\(length) announced, \(expected.readableBytes) missing"
        }
        try await withLoopbackServer(router) { server in
            let (response, body) = try await HTTPClient().send(
                server.request(.put, "/"),
                body: .file(path: file.path)
            )
            #expect(response.status == .ok)
            #expect(String(decoding: body, as: UTF8.self) == "\(content.count) announced, 0 missing")
        }
    }

    @Test("a missing file or a directory is an error before sending", arguments: ["/nonexistent", "/tmp"])
    func unreadableFile(path: String) async throws {
        let request = HTTPRequest(method: .put, scheme: "http", authority: "127.0.0.1:1", path: "/")
        let error = await #expect(throws: TransferError.self) {
            try await HTTPClient().send(request, body: .file(path: path))
        }
        #expect(error?.kind == .file)
        #expect(error?.requestMayHaveArrived == false)
    }

    @Test("a slow reader pauses the transfer and then receives everything")
    func backPressure() async throws {
        let size = 96 << 20  // far more than the socket buffers of both ends
        let sent = Mutex(0)
        let router = Router.echo
        router.get("/watched") { _, _ in
            Response(status: .ok, body: .zeros(size) { count in sent.withLock { $0 += count } })
        }
        try await withLoopbackServer(router) { server in
            let client = HTTPClient()
            let (_, body) = try await client.open(server.request(.get, "/watched"))
            // The same loop transfers as much on another connection, so there was enough time for this one too.
            let (_, other) = try await client.open(server.request(.get, "/zeros/\(size)"))
            #expect(try await other.reduce(0) { $0 + $1.count } == size)
            #expect(sent.withLock { $0 } < size / 2)
            #expect(try await body.reduce(0) { $0 + $1.count } == size)
        }
    }

    @Test("a response over the limit is an error")
    func limit() async throws {
        try await withLoopbackServer(.echo) { server in
            let client = HTTPClient()
            let request = server.request(.get, "/zeros/100000")
            let (_, body) = try await client.send(request, limit: 100_000)
            #expect(body.count == 100_000)
            let error = await #expect(throws: TransferError.self) {
                try await client.send(request, limit: 99_999)
            }
            #expect(error?.kind == .tooLarge)
            #expect(error?.message == "the response is larger than 99999 bytes")
        }
    }

    @Test("releasing a body closes its connection")
    func dropped() async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            if try await connection.readHead() == nil { end.yield() }
        } _: { server in
            let client = HTTPClient()
            do {
                let (_, body) = try await client.open(server.request(.get, "/"))
                #expect(try await body.first { _ in true } == Array("abc".utf8))
            }
            #expect(await ends.first { true } != nil)
            withExtendedLifetime(client) {}
        }
    }
}
