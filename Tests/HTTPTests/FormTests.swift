import Foundation
import Glibc
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Support
import Testing

@Suite("Multipart forms", .timeLimit(.minutes(10)))
struct FormTests {
    @Test("a form has its parts in order, a length, and escaped file names")
    func format() async throws {
        let (requests, received) = AsyncStream.makeStream(of: (head: String, body: [UInt8]).self)
        try await withRawServer { connection in
            guard let request = try await connection.readRequest() else { return }
            received.yield(request)
            try await connection.write("HTTP/1.1 204 No Content\r\n\r\n")
        } _: { server in
            let parts = [
                FormPart.field("chat_id", "-5"), .field("empty", ""),
                .field("markup", json: Array(#"{"a":"ä"}"#.utf8)),
                .file("document", .bytes([0, 13, 10, 255]), fileName: "a\"b\r\nc ä.bin"),
            ]
            let request = server.request(.post, "/")
            let (response, _) = try await HTTPClient().send(request, body: .form(parts))
            #expect(response.status == .noContent)
        }
        let request = try #require(await requests.first { _ in true })
        let boundary = try #require(
            request.head.firstMatch(of: /(?i)content-type: multipart\/form-data; boundary=(\S+)/)
        ).1
        let expected =
            Array(
                """
                --\(boundary)\r
                Content-Disposition: form-data; name="chat_id"\r
                \r
                -5\r
                --\(boundary)\r
                Content-Disposition: form-data; name="empty"\r
                \r
                \r
                --\(boundary)\r
                Content-Disposition: form-data; name="markup"\r
                Content-Type: application/json\r
                \r
                {"a":"ä"}\r
                --\(boundary)\r
                Content-Disposition: form-data; name="document"; filename="a%22b%0D%0Ac ä.bin"\r
                Content-Type: application/octet-stream\r
                \r

                """.utf8
            ) + [0, 13, 10, 255] + Array("\r\n--\(boundary)--\r\n".utf8)
        #expect(request.body == expected)
        #expect(request.head.lowercased().contains("\r\ncontent-length: \(expected.count)\r\n"))
    }

    @Test("a file is read from disk while it is sent, and no copy is written")
    func streamed() async throws {
        try await withLargeFile { path, folder in
            try await withGatedServer { server, reached, open in
                let upload = Task { try await Self.upload(path, to: server) }
                _ = await reached.first { true }
                // The server has read the head only, and the socket buffers are smaller than the file.
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["large"])
                let file = try FileHandle(forWritingTo: URL(filePath: path))
                try file.seek(toOffset: UInt64(Self.largeSize - 4))
                try file.write(contentsOf: Data("late".utf8))
                try file.close()
                open.yield()
                let (response, body) = try await upload.value
                #expect(response.status == .ok)
                #expect(String(decoding: body, as: UTF8.self).contains("late\r\n--"))
            }
        }
    }

    @Test("a file that becomes shorter during the upload is a file error")
    func truncated() async throws {
        try await withLargeFile { path, _ in
            try await withGatedServer { server, reached, open in
                let upload = Task { try await Self.upload(path, to: server) }
                _ = await reached.first { true }
                #expect(truncate(path, 1 << 20) == 0)
                open.yield()
                let error = await #expect(throws: TransferError.self) { try await upload.value }
                #expect(error?.kind == .file)
                #expect(error?.requestMayHaveArrived == true)
            }
        }
    }

    @Test("a missing file or a directory is an error before sending", arguments: ["/nonexistent", "/tmp"])
    func unreadableFile(_ path: String) async throws {
        let server = try BaseURL("http://127.0.0.1:1")
        let error = await #expect(throws: TransferError.self) { try await Self.upload(path, to: server) }
        #expect(error?.kind == .file)
        #expect(error?.requestMayHaveArrived == false)
    }

    @Test("a form is not sent again when its pooled connection is dead")
    func deadConnection() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await withRawServer { connection in
            guard try await connection.readRequest() != nil else { return }
            arrived.yield()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            guard try await connection.readRequest() != nil else { return }
            arrived.yield()
            try await connection.reset()
        } _: { server in
            let client = HTTPClient()
            let form = HTTP.RequestBody.form([.field("a", "b")])
            _ = try await client.send(server.request(.post, "/"), body: form)
            let error = await #expect(throws: TransferError.self) {
                try await client.send(server.request(.post, "/"), body: form)
            }
            #expect(error?.kind == .interrupted)
            #expect(error?.requestMayHaveArrived == true)
        }
        arrived.finish()
        #expect(await arrivals.reduce(0) { count, _ in count + 1 } == 2)
    }

    /// Far more than the socket buffers of both ends.
    private static let largeSize = 64 << 20

    private static func upload(_ path: String, to server: BaseURL) async throws
        -> (response: HTTPResponse, body: [UInt8])
    {
        try await HTTPClient().send(
            server.request(.post, "/"),
            body: .form([.field("chat_id", "1"), .file("document", .file(path: path), fileName: "model.bin")]
            ),
            timeouts: .bulk
        )
    }

    /// Runs `body` with a sparse file of ``largeSize`` zeros, alone in a folder.
    private func withLargeFile(_ body: (_ path: String, _ folder: String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/large"
            try Data().write(to: URL(filePath: path))
            #expect(truncate(path, Self.largeSize) == 0)
            try await body(path, folder)
        }
    }

    /// Runs `body` beside a server that reads a request body only after the gate was opened, and returns its end.
    private func withGatedServer(
        _ body: @Sendable (BaseURL, AsyncStream<Void>, AsyncStream<Void>.Continuation) async throws -> Void
    ) async throws {
        let (reached, reach) = AsyncStream.makeStream(of: Void.self)
        let (opened, open) = AsyncStream.makeStream(of: Void.self)
        let router = Router()
        router.post("/") { request, _ in
            reach.yield()
            _ = await opened.first { true }
            var end: [UInt8] = []
            for try await chunk in request.body {
                let count = min(chunk.readableBytes, 200)
                let bytes = chunk.getBytes(at: chunk.writerIndex - count, length: count) ?? []
                end = (end + bytes).suffix(200)
            }
            return String(decoding: end, as: UTF8.self)
        }
        try await withLoopbackServer(router) { server in try await body(server, reached, open) }
    }
}
