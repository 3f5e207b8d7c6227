import Contract
import Foundation
import Glibc
import HTTP
import HTTPTypes
import NIOCore
import NIOPosix
import Support
import Testing
import Walrus

/// `okaibot walrus serve`.
@Suite("The Walrus server", .serialized, .timeLimit(.minutes(10)))
struct ServeWalrusTests {
    @Test(
        "after SIGKILL during a put there is no partial blob, and the next start deletes the temporary file",
        arguments: [0, 40_000, 100_000]
    )
    func killed(_ sent: Int) async throws {
        try await withTestFolder { folder in
            let port = try freePort()
            let first = try serve(port, in: folder)
            let url = try BaseURL("http://127.0.0.1:\(port)")
            let client = try await readyClient(of: url)
            try await holdingPut(of: 100_000, sending: sent, to: port) {
                try await server(url, untilIn: folder) { names in
                    names.contains { name in
                        name.hasSuffix(".part") && size(folder, name) == sent
                    }
                }
                first.send(SIGKILL)
                _ = await first.ended()
            }
            #expect(try blobs(folder).allSatisfy { $0.hasSuffix(".part") })
            let second = try serve(port, in: folder)
            _ = try await readyClient(of: url)
            #expect(try blobs(folder) == [])
            let file = folder.appending(path: "file").path()
            try Data("whole".utf8).write(to: URL(filePath: file))
            let blob = try BlobEncoder().blob(atPath: file)
            _ = try await client.store(file: file, as: blob, epochs: 5)
            #expect(try blobs(folder).sorted() == ["\(blob.id)", "\(blob.id).bought"])
            second.send(SIGTERM)
            #expect(await second.ended().code == 0)
        }
    }

    @Test("the limits of the command line hold")
    func limits() async throws {
        try await withTestFolder { folder in
            let port = try freePort()
            let process = try serve(port, in: folder, "--limit", "10", "--read-limit", "4")
            let url = try BaseURL("http://127.0.0.1:\(port)")
            _ = try await readyClient(of: url)
            let http = HTTPClient()
            let (large, _) = try await http.send(
                url.request(.put, "/v1/blobs"),
                body: .bytes(Array("01234567890".utf8))
            )
            #expect(large.status == .contentTooLarge)
            let (fits, _) = try await http.send(
                url.request(.put, "/v1/blobs"),
                body: .bytes(Array("0123456789".utf8))
            )
            #expect(fits.status == .ok)
            let id = try BlobEncoder().blobID(of: Array("0123456789".utf8).span)
            let (read, _) = try await http.send(url.request(.get, "/v1/blobs/\(id)"))
            #expect(read.status == .forbidden)
            process.send(SIGTERM)
            let end = await process.ended()
            #expect((end.code, end.output) == (0, "\(url)\n"))
        }
    }

    @Test("other methods, pages of other sites and waiting bodies are answered as by Walrus' daemon")
    func manners() async throws {
        try await withTestFolder { folder in
            let port = try freePort()
            let process = try serve(port, in: folder)
            let url = try BaseURL("http://127.0.0.1:\(port)")
            _ = try await readyClient(of: url)
            let http = HTTPClient()
            let (method, body) = try await http.send(url.request(.patch, "/v1/blobs"))
            #expect((method.status, body) == (.methodNotAllowed, []))
            #expect(method.headerFields[.allow] == "PUT")
            let (page, _) = try await http.send(url.request(.options, "/v1/blobs"))
            #expect((page.status, page.headerFields[.accessControlAllowMethods]) == (.ok, "*"))
            let (missing, _) = try await http.send(url.request(.get, "/v2/blobs"))
            #expect((missing.status, missing.headerFields[.accessControlAllowOrigin]) == (.notFound, "*"))
            let waiting = try await rawExchange(
                "PUT /v1/blobs HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n",
                with: url
            )
            #expect(waiting.hasPrefix("HTTP/1.1 100 "))
            process.send(SIGTERM)
            #expect(await process.ended().code == 0)
        }
    }

    @Test("what was bought for a blob is known after a restart")
    func restart() async throws {
        try await withTestFolder { folder in
            for expected in ["newlyCreated", "alreadyCertified"] {
                let port = try freePort()
                let process = try serve(port, in: folder)
                let url = try BaseURL("http://127.0.0.1:\(port)")
                _ = try await readyClient(of: url)
                var request = url.request(.put, "/v1/blobs")
                request.path = "/v1/blobs?epochs=\(expected == "newlyCreated" ? 6 : 1)"
                let (_, bytes) = try await HTTPClient().send(request, body: .bytes(Array("kept".utf8)))
                let answer = String(decoding: bytes, as: UTF8.self)
                #expect(answer.contains(expected))
                #expect(answer.contains(#""endEpoch":6"#))
                process.send(SIGTERM)
                #expect(await process.ended().code == 0)
            }
        }
    }

    @Test(
        "an invalid port or limit is a usage error",
        arguments: ["--port=65536", "--port=-1", "--limit=0", "--limit=-5", "--read-limit=0"]
    )
    func wrongUsage(_ option: String) async throws {
        try await withTestFolder { folder in
            let end = try await BotProcess("okaibot", ["walrus", "serve", option], folder: folder).ended()
            #expect((end.code, end.output) == (2, ""))
            #expect(end.errors.contains("must be"))
        }
    }

    @Test("at the start the stored blobs are verified and damaged ones quarantined, with log lines")
    func inspection() async throws {
        try await withTestFolder { folder in
            let damaged = BlobID(bytes: Array(1...32))
            let good = Array("good".utf8)
            let id = try BlobEncoder().blobID(of: good.span)
            let blobs = folder.appending(path: "blobs")
            try FileManager.default.createDirectory(at: blobs, withIntermediateDirectories: true)
            try Data("damaged".utf8).write(to: blobs.appending(path: "\(damaged)"))
            try Data(good).write(to: blobs.appending(path: "\(id)"))
            let process = try serve(0, in: folder)
            try await eventually("the damaged blob is quarantined") {
                try self.blobs(folder).sorted() == ["\(damaged).damaged", "\(id)"].sorted()
            }
            process.send(SIGTERM)
            let end = await process.ended()
            #expect(end.code == 0)
            #expect(end.errors.contains("verifying the stored blobs"))
            #expect(end.errors.contains("quarantined a damaged blob"))
        }
    }

    @Test("a file in place of the folder is reported in one sentence")
    func folderIsFile() async throws {
        try await withTestFolder { folder in
            try Data("x".utf8).write(to: folder.appending(path: "blobs"))
            let end = try await serve(0, in: folder).ended()
            #expect(
                (end.code, end.errors) == (
                    1, "okaibot: cannot store blobs in blobs: it is a file, not a folder\n"
                )
            )
        }
    }

    @Test("a port in use is reported with the option that chooses another")
    func portInUse() async throws {
        try await withRawServer { _ in
        } _: { server in
            try await withTestFolder { folder in
                let port = server.authority.split(separator: ":").last.map(String.init) ?? ""
                let arguments = ["walrus", "serve", "--port", port]
                let end = try await BotProcess("okaibot", arguments, folder: folder).ended()
                #expect(end.code == 1)
                #expect(
                    end.errors.contains("port \(port): Address already in use; choose another with --port")
                )
            }
        }
    }

    private func serve(_ port: Int, in folder: URL, _ options: String...) throws -> BotProcess {
        let arguments = ["walrus", "serve", "--port", "\(port)", "--folder", "blobs"] + options
        return try BotProcess("okaibot", arguments, folder: folder)
    }

    /// Waits until the server answers; returns a client.
    private func readyClient(of url: BaseURL) async throws -> WalrusClient {
        let http = HTTPClient()
        let retryPolicy = RetryPolicy(
            baseDelay: .milliseconds(20),
            maxDelay: .milliseconds(100),
            maxAttempts: 400
        )
        let client = WalrusClient(
            aggregators: [url],
            publisher: url,
            http: http,
            retryPolicy: retryPolicy,
            encoder: try BlobEncoder()
        )
        let nothing = BlobID(bytes: Array(1...32))
        await #expect(throws: WalrusError.notFound(nothing)) {
            _ = try await client.fetch(
                nothing,
                to: NSTemporaryDirectory() + "okai-nothing-\(UUID().uuidString)"
            )
        }
        return client
    }

    /// Sends requests to the server until `condition` holds.
    private func server(
        _ url: BaseURL,
        untilIn folder: URL,
        _ condition: ([String]) -> Bool
    ) async throws {
        let http = HTTPClient()
        for _ in 0..<20_000 {
            if condition(try blobs(folder)) { return }
            _ = try await http.send(url.request(.get, "/status"))
        }
        Issue.record("the server did not receive the bytes: \(try blobs(folder))")
    }

    private func blobs(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "blobs").path())
    }

    private func size(_ folder: URL, _ name: String) -> Int? {
        let path = folder.appending(path: "blobs/\(name)").path()
        // The file may be deleted meanwhile.
        return try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }

    /// Begins a put of `size` bytes, sends `count` of them, and holds the connection while `body` runs.
    private func holdingPut(of size: Int, sending count: Int, to port: Int, _ body: () async throws -> Void)
        async throws
    {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port).get()
        var buffer = ByteBuffer(
            string: "PUT /v1/blobs HTTP/1.1\r\nHost: x\r\nContent-Length: \(size + 1)\r\n\r\n"
        )
        buffer.writeRepeatingByte(UInt8(ascii: "x"), count: count)
        try await channel.writeAndFlush(buffer).get()
        try await body()
        try? await channel.close()  // the server has closed it already
    }
}
