import Foundation
import Glibc
import HTTP
import NIOCore
import NIOPosix
import Support
import Testing

/// A process that has transferred 64 MiB has less than half of that in memory of its own.
@Suite("Memory of transfers", .serialized, .timeLimit(.minutes(10)))
struct FlatMemoryTests {
    private static let moved = 64 << 20
    private static let bound = moved / 2
    private static let whole = moved + (1 << 20)
    private static let id = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"

    @Test("a get holds no bytes in memory that are in its file")
    func get() async throws {
        try await withTestFolder { folder in
            let (arrived, arrive) = AsyncStream.makeStream(of: Void.self)
            try await withRawServer { connection in
                _ = try await connection.readHead()
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(Self.whole)\r\n\r\n")
                try await connection.writeZeros(Self.moved)
                arrive.yield()
                _ = try await connection.readHead()
            } _: { server in
                let get = try start(
                    ["walrus", "get", Self.id, "copies/copy"],
                    server,
                    folder,
                    making: "copies"
                )
                _ = await arrived.first { _ in true }
                try await eventually("all received bytes are in the file") {
                    try sizes(folder.appending(path: "copies")) == [Self.moved]
                }
                try await expectLittleMemory(of: get)
            }
        }
    }

    @Test("a put reads its file no faster than the server does")
    func put() async throws {
        try await withTestFolder { folder in
            let file = folder.appending(path: "file")
            try makeZeros(file)
            let (arrived, arrive) = AsyncStream.makeStream(of: Void.self)
            try await withRawServer { connection in
                try await connection.skip(Self.moved)
                arrive.yield()
                _ = try await connection.readHead()
            } _: { server in
                let put = try start(["walrus", "put", "file"], server, folder)
                _ = await arrived.first { _ in true }
                try await expectLittleMemory(of: put)
            }
        }
    }

    @Test("the server holds no bytes in memory that are in its file")
    func serve() async throws {
        try await withTestFolder { folder in
            let port = try freePort()
            let arguments = ["walrus", "serve", "--port", "\(port)", "--limit", "\(Self.whole)"]
            let server = try BotProcess("okaibot", arguments + ["--folder", "blobs"], folder: folder)
            try await eventually("the server listens") { server.outputSoFar.contains("\n") }
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: port).get()
            let head = "PUT /v1/blobs HTTP/1.1\r\nHost: x\r\nContent-Length: \(Self.whole)\r\n\r\n"
            try await channel.writeAndFlush(ByteBuffer(string: head)).get()
            let zeros = ByteBuffer(repeating: 0, count: 1 << 20)
            for _ in 0..<Self.moved >> 20 { try await channel.writeAndFlush(zeros).get() }
            try await eventually("all received bytes are in the file") {
                try sizes(folder.appending(path: "blobs")) == [Self.moved]
            }
            // SIGTERM ends the server in the middle of the put.
            #expect(try await expectLittleMemory(of: server).code == 0)
            try? await channel.close()  // the server has closed it already
        }
    }

    private func start(
        _ arguments: [String],
        _ server: BaseURL,
        _ folder: URL,
        making: String? = nil
    ) throws -> BotProcess {
        if let making {
            let path = folder.appending(path: making)
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        }
        let environment = ["WALRUS_AGGREGATOR_URL": "\(server)", "WALRUS_PUBLISHER_URL": "\(server)"]
        return try BotProcess("okaibot", arguments, environment: environment, folder: folder)
    }

    /// Checks the private memory of `process`, and ends it.
    @discardableResult
    private func expectLittleMemory(of process: BotProcess) async throws -> BotProcess.End {
        let status = try String(contentsOfFile: "/proc/\(process.pid)/status", encoding: .utf8)
        let kibibytes = status.firstMatch(of: /RssAnon:\s+(\d+) kB/).flatMap { Int($0.1) }
        let own = try #require(kibibytes) << 10
        #expect(own < Self.bound)
        process.send(SIGTERM)
        return await process.ended()
    }

    /// A file of zeros that takes no space on the disk.
    private func makeZeros(_ file: URL) throws {
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: UInt64(Self.whole))
        try handle.close()
    }

    private func sizes(_ folder: URL) throws -> [Int] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path()).compactMap {
            try FileManager.default.attributesOfItem(atPath: folder.appending(path: $0).path())[.size] as? Int
        }
    }
}
