import Contract
import Foundation
import Glibc
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import Support
import Synchronization
import Testing
import Walrus
import WalrusServer

/// `okaibot walrus` and other verbs that need no bot.
@Suite("Verbs of okaibot walrus", .serialized, .timeLimit(.minutes(10)))
struct WalrusVerbTests {
    private static let iris = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"

    @Test("a file that is put can be got again")
    func roundTrip() async throws {
        try await withWalrus { walrus in
            let put = try await walrus.run("walrus", "put", "iris.csv")
            #expect((put.code, put.output) == (0, "\(Self.iris)\n"))
            #expect(put.errors.hasPrefix("stored, 3858 bytes, until epoch 5"))
            let again = try await walrus.run("walrus", "put", "--if-missing", "iris.csv")
            #expect(
                again.errors == "found at an aggregator, 3858 bytes; the end epoch of the blob is unknown\n"
            )
            let get = try await walrus.run("walrus", "get", Self.iris, "copy.csv")
            #expect((get.code, get.output, get.errors) == (0, "copy.csv: 3858 bytes, ID verified\n", ""))
            #expect(walrus.content("copy.csv") == Dataset.iris.csv)
        }
    }

    @Test("a missing blob ends with 1, and an invalid ID with 2, with one sentence each")
    func failures() async throws {
        try await withWalrus { walrus in
            let missing = try await walrus.run("walrus", "get", Self.iris, "copy.csv")
            #expect(missing.code == 1)
            #expect(missing.errors.hasPrefix("okaibot: no aggregator has the blob \(Self.iris)"))
            #expect(walrus.content("copy.csv") == nil)
            let wrong = try await walrus.run("walrus", "get", "abc")
            #expect(wrong.code == 2)
            #expect(wrong.errors.contains("43 letters"))
        }
    }

    /// A content whose ID begins with a dash; one in 64 IDs does.
    private static func dashed() throws -> (content: [UInt8], id: String) {
        let encoder = try BlobEncoder()
        for number in 0..<2_000 {
            let content = Array("number,even\n\(number),1\n".utf8)
            let id = "\(try encoder.blobID(of: content.span))"
            if id.hasPrefix("-") { return (content, id) }
        }
        throw NoDashedID()
    }

    private struct NoDashedID: Error {}

    @Test("every verb accepts an ID that begins with a dash, and a file of that name")
    func dashedID() async throws {
        let (content, id) = try Self.dashed()
        try await withWalrus { walrus in
            try Data(content).write(to: walrus.folder.appending(path: "file"))
            #expect(try await walrus.run("walrus", "put", "file").output == "\(id)\n")
            let get = try await walrus.run("walrus", "get", id, "copy")
            #expect((get.code, get.output) == (0, "copy: \(content.count) bytes, ID verified\n"))
            #expect(try await walrus.run("walrus", "get", id).code == 0)
            #expect(walrus.content(id) == content)
            #expect(try await walrus.run("walrus", "id", id).output == "\(id)\n")
            let verify = try await walrus.run("verify", "--json", id)
            #expect(verify.code == 0, "\(verify.errors)")
            let train = try await walrus.run("train", id, "target=abc", "--out", "out")
            #expect(train.errors.contains("abc"), "\(train.errors)")
            let quilt = try await walrus.run("walrus", "quilt", "list", id)
            #expect(quilt.errors.contains("quilt") && !quilt.errors.contains("Usage"), "\(quilt.errors)")
        }
    }

    @Test("a path that is no regular file is refused in one sentence")
    func noFiles() async throws {
        try await withWalrus { walrus in
            #expect(try await walrus.run("walrus", "put", "iris.csv").code == 0)
            #expect(mkfifo(walrus.folder.appending(path: "fifo").path(), 0o600) == 0)
            for (arguments, code, words) in [
                (["walrus", "id", "fifo"], 1, "not a regular file"),
                (["walrus", "put", "fifo"], 1, "not a regular file"),
                (["walrus", "get", Self.iris, "fifo"], 1, "not a regular file"),
                (["verify", "fifo"], 2, "not a regular file"),
                (["walrus", "id", "/proc/version"], 1, "its size is not known"),
                (["walrus", "id", ""], 2, "the name of the file is empty"),
                (["walrus", "put", ""], 2, "the name of the file is empty"),
                (["walrus", "get", Self.iris, ""], 2, "the name of the file is empty"),
            ] as [([String], Int32, String)] {
                let end = try await walrus.run(arguments)
                #expect(end.code == code, "\(arguments)")
                #expect(end.errors.contains(words), "\(end.errors)")
                #expect(end.errors.split(separator: "\n").count == 1)
            }
        }
    }

    @Test(
        "a file that becomes shorter while it is read ends the verb with one sentence",
        arguments: [["walrus", "id", "large"], ["train", "large", "--out", "out"]]
    )
    func shortened(_ arguments: [String]) async throws {
        try await withWalrus { walrus in
            let path = walrus.folder.appending(path: "large").path()
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            #expect(truncate(path, 2 << 30) == 0)
            let id = try BotProcess(
                arguments: arguments,
                environment: [:],
                folder: walrus.folder
            )
            try await eventually("the file is mapped") {
                let maps = FileManager.default.contents(atPath: "/proc/\(id.pid)/maps") ?? Data()
                return String(decoding: maps, as: UTF8.self).contains(path)
            }
            #expect(truncate(path, 0) == 0)
            let end = await id.ended()
            #expect((end.code, end.errors) == (1, "a file became shorter while it was read\n"))
        }
    }

    @Test("an interrupted get leaves no file", arguments: [SIGINT, SIGTERM])
    func interrupted(_ signal: Int32) async throws {
        try await withTestFolder { folder in
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            try await withRawServer { connection in
                _ = try await connection.readHead()
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
                start.yield()
                _ = try await connection.readHead()
            } _: { server in
                let environment = ["WALRUS_AGGREGATOR_URL": "\(server)", "WALRUS_PUBLISHER_URL": "\(server)"]
                let arguments = ["walrus", "get", Self.iris, "copies/copy.csv"]
                let copies = folder.appending(path: "copies")
                try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
                let get = try BotProcess(arguments: arguments, environment: environment, folder: folder)
                _ = await started.first { _ in true }
                get.send(signal)
                let end = await get.ended()
                #expect((end.code, end.errors) == (1, "okaibot: interrupted\n"))
                #expect(try FileManager.default.contentsOfDirectory(atPath: copies.path()) == [])
            }
        }
    }

    @Test("the publisher's secret signs each put, and no output holds it")
    func publisherSecret() async throws {
        let secret = "a-secret-that-must-not-be-seen"
        try await withWalrus(secret: secret) { walrus in
            let put = try await walrus.run("walrus", "put", "iris.csv")
            #expect(put.code == 0, "\(put.errors)")
            let get = try await walrus.run("walrus", "get", Self.iris, "copy.csv")
            #expect(get.code == 0, "\(get.errors)")
            let config = try await walrus.run("config")
            #expect(config.output.contains("WALRUS_PUBLISHER_JWT_SECRET=(set)"))
            var wrong = walrus
            wrong.environment["WALRUS_PUBLISHER_JWT_SECRET"] = "0xabc-not-hexadecimal"
            let refused = try await wrong.run("walrus", "put", "iris.csv")
            #expect(refused.code == 2)
            #expect(refused.errors.contains("hexadecimal digits after 0x"))
            #expect(!refused.errors.contains("0xabc"))
            for end in [put, get, config] { #expect(!(end.output + end.errors).contains(secret)) }
        }
    }
}
