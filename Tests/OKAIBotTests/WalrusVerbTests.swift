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

/// The verbs of `okaibot` that need no bot, as people run them.
@Suite("Walrus by hand", .serialized, .timeLimit(.minutes(10)))
struct WalrusVerbTests {
    private static let iris = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"

    @Test("what is put is got, listed as what it is, and verified")
    func roundTrip() async throws {
        try await withWalrus { walrus in
            let put = try await walrus.run("walrus", "put", "iris.csv")
            #expect((put.code, put.output) == (0, "\(Self.iris)\n"))
            #expect(put.errors.hasPrefix("stored, 3858 bytes, until epoch 5"))
            let again = try await walrus.run("walrus", "put", "--if-missing", "iris.csv")
            #expect(
                again.errors == "found at an aggregator, 3858 bytes; the end of its storage is not known\n"
            )
            let get = try await walrus.run("walrus", "get", Self.iris, "copy.csv")
            #expect((get.code, get.output, get.errors) == (0, "copy.csv: 3858 bytes, ID verified\n", ""))
            #expect(walrus.content("copy.csv") == Dataset.iris.csv)
        }
    }

    @Test("a blob that nobody has, and an ID that is none, fail with one sentence and the right code")
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

    /// A content whose ID begins with a dash, as one in 64 does.
    private static func dashed() throws -> (content: [UInt8], id: String) {
        let encoder = try BlobEncoder()
        for number in 0..<2_000 {
            let content = Array("number,even\n\(number),1\n".utf8)
            let id = "\(try encoder.blobID(of: content.span))"
            if id.hasPrefix("-") { return (content, id) }
        }
        throw Unlucky()
    }

    private struct Unlucky: Error {}

    @Test("an ID that begins with a dash is an ID to every verb, and the name of a file")
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

    @Test("what is no file that can be read or written is refused in one sentence, before anything waits")
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
        "a file that becomes shorter while it is read ends the verb with a sentence",
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

    @Test("a get that somebody interrupts leaves nothing behind", arguments: [SIGINT, SIGTERM])
    func interrupted(_ signal: Int32) async throws {
        try await withFolder { folder in
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

    @Test("a publisher's secret signs each put, and is nowhere to be read")
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
            #expect(refused.errors.contains("hexadecimal digits behind 0x"))
            #expect(!refused.errors.contains("0xabc"))
            for said in [put, get, config] { #expect(!(said.output + said.errors).contains(secret)) }
        }
    }

    @Test("a blob is verified here, and where it cannot be on the chain the answer says why")
    func verify() async throws {
        try await withWalrus { walrus in
            _ = try await walrus.run("walrus", "put", "iris.csv")
            let plain = try await walrus.run("verify", Self.iris)
            #expect(plain.code == 0)
            #expect(
                plain.output == """
                    blob \(Self.iris)
                      ok     bytes → ID recomputed here, 3858 bytes
                      -      not checked on a chain, because SUI_GRAPHQL_URL is empty

                    """
            )
            // A file that is called so, as get makes one, does not stand in the way.
            #expect(try await walrus.run("walrus", "get", Self.iris).code == 0)
            #expect(try await walrus.run("verify", Self.iris).output == plain.output)
            let asked = try await walrus.run("verify", Self.iris, "--object", "0x1", "--json")
            #expect(asked.code == 1)
            let report = try JSONDecoder().decode(JSONValue.self, from: Data(asked.output.utf8))
            #expect(report["holds"] == false)
            let findings = report["parts"]?.array?.first?["findings"]?.array
            #expect(findings?.map { $0["verdict"]?.string } == ["holds", "unchecked"])
            let missing = try await walrus.run("verify", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
            #expect(missing.code == 1)
            #expect(missing.output.contains("FAILS  no aggregator has the blob"))
            for wrong in [
                ["verify", "abc"], ["verify", "iris.csv"], ["verify", Self.iris, "--object", "1"],
            ] {
                #expect(try await walrus.run(wrong).code == 2)
            }
        }
    }

    @Test("a receipt without blob IDs is verified by files, and none of its figures can be forged")
    func files() async throws {
        try await withWalrus { walrus in
            #expect(try await walrus.run("train", "iris.csv", "trees=5", "--out", "out").code == 0)
            let verify = ["verify", "out/receipt.json", "--data", "iris.csv", "--train"]
            let good = try await walrus.run(verify)
            #expect(good.code == 0, "\(good.output)\(good.errors)")
            #expect(good.output.contains("ok     bytes → SHA-256 recomputed here, 3858 bytes"))
            #expect(good.output.contains("ok     trained again here: the same model, bit for bit"))
            let out = walrus.folder.appending(path: "out")
            let (standard, own) = (out.appending(path: "model.onnx"), out.appending(path: "model.pkl"))
            try FileManager.default.moveItem(at: standard, to: own)
            #expect(try await walrus.run(verify).code == 0)
            try FileManager.default.moveItem(at: own, to: standard)
            let nameless = try await walrus.run("verify", "out/receipt.json")
            #expect(nameless.code == 1)
            #expect(nameless.output.contains("name a dataset's file with --data"))
            let text = String(decoding: try #require(walrus.content("out/receipt.json")), as: UTF8.self)
            let forgeries = [
                (#""testRows":30"#, #""testRows":31"#, "other metrics"),
                (#""size":3858"#, #""size":3857"#, "3857"),
            ]
            for (one, other, words) in forgeries {
                let forged = text.replacing(one, with: other)
                #expect(forged != text)
                try Data(forged.utf8).write(to: walrus.folder.appending(path: "out/receipt.json"))
                let bad = try await walrus.run(verify)
                #expect(bad.code == 1)
                #expect(bad.output.contains(words), "\(bad.output)")
            }
        }
    }

    @Test(
        "who interrupts a verification need not wait, and nothing of it is left",
        arguments: [SIGINT, SIGTERM]
    )
    func verificationInterrupted(_ signal: Int32) async throws {
        try await withWalrus { walrus in
            #expect(try await walrus.run("train", "iris.csv", "trees=5", "--out", "out").code == 0)
            let text = String(decoding: try #require(walrus.content("out/receipt.json")), as: UTF8.self)
            let endless = text.replacing(#""trees":5"#, with: #""trees":10000,"folds":100"#)
            try Data(endless.utf8).write(to: walrus.folder.appending(path: "out/receipt.json"))
            let scratch = walrus.folder.appending(path: "scratch").path()
            try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
            let verify = try BotProcess(
                arguments: ["verify", "out/receipt.json", "--data", "iris.csv", "--train"],
                environment: walrus.environment.merging(["TMPDIR": scratch]) { $1 },
                folder: walrus.folder
            )
            try await eventually("it trains") {
                try FileManager.default.subpathsOfDirectory(atPath: scratch).contains {
                    $0.hasSuffix("again")
                }
            }
            verify.send(signal)
            let end = await verify.ended()
            #expect(end.code == 1)
            #expect(end.output == "")
            #expect(end.errors.hasSuffix("okaibot: cancelled\n"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch) == [])
        }
    }

    @Test("a receipt is verified with all that it names, and by training again")
    func receipt() async throws {
        try await withWalrus { walrus in
            let train = try await walrus.run("train", "iris.csv", "trees=5", "--ids", "--out", "out")
            #expect(train.code == 0, "\(train.errors)")
            for file in ["iris.csv", "out/model.onnx"] {
                #expect(try await walrus.run("walrus", "put", file).code == 0)
            }
            let good = try await walrus.run("verify", "out/receipt.json", "--train")
            #expect(good.code == 0, "\(good.output)\(good.errors)")
            #expect(good.output.contains("dataset \(Self.iris)"))
            #expect(good.output.contains("ok     trained again here: the same model, bit for bit"))
            let id = try await walrus.run("walrus", "put", "out/receipt.json").output.dropLast()
            let byID = try await walrus.run("verify", String(id))
            #expect(byID.code == 0)
            #expect(byID.output.hasPrefix("receipt \(id)\n"))
            // The same dataset with other parameters is another model.
            let text = String(decoding: try #require(walrus.content("out/receipt.json")), as: UTF8.self)
            let forged = text.replacing(#""trees":5"#, with: #""trees":6"#)
            try Data(forged.utf8).write(to: walrus.folder.appending(path: "forged.json"))
            let bad = try await walrus.run("verify", "forged.json", "--train")
            #expect(bad.code == 1)
            #expect(bad.output.contains("FAILS  training again gave another model"))
            let json = try await walrus.run("verify", "forged.json", "--train", "--json").output
            let report = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
            #expect(report["reproduced"] == false)
            let foreign = try await walrus.run("verify", Self.iris, "--train")
            #expect(foreign.code == 1)
            #expect(foreign.output.contains("FAILS  not trained again: the blob is not a receipt"))
        }
    }
}

/// A Walrus on loopback, and a folder with the demo's dataset in which `okaibot` runs.
struct HandWalrus: Sendable {
    let folder: URL
    var environment: [String: String]

    func run(_ arguments: String...) async throws -> BotProcess.End { try await run(arguments) }

    func run(_ arguments: [String]) async throws -> BotProcess.End {
        try await BotProcess(arguments: arguments, environment: environment, folder: folder).ended()
    }

    func content(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: folder.appending(path: name).path()).map(Array.init)
    }
}

extension BotProcess {
    fileprivate convenience init(arguments: [String], environment: [String: String], folder: URL) throws {
        try self.init("okaibot", arguments, environment: environment, folder: folder)
    }
}

/// Runs `body` with a Walrus; where a `secret` is given, every put must have a token of its own, and reads none.
func withWalrus(
    secret: String? = nil,
    _ body: @escaping @Sendable (HandWalrus) async throws -> Void
) async throws {
    try await withFolder { folder in
        try Data(Dataset.iris.csv).write(to: folder.appending(path: "iris.csv"))
        let logger = Logger(label: "walrus") { _ in SwiftLogNoOpLogHandler() }
        let store = try BlobStore(
            folder: folder.appending(path: "blobs").path(),
            encoder: BlobEncoder(),
            logger: logger
        )
        let router = Router()
        let tokens = Mutex<Set<String>>([])
        if secret != nil {
            router.middlewares.add(TokenGuard { token in tokens.withLock { $0.insert(token).inserted } })
        }
        WalrusRoutes(store: store).add(to: router)
        try await withLoopbackServer(router) { url in
            var environment = [
                "WALRUS_AGGREGATOR_URL": "\(url)", "WALRUS_PUBLISHER_URL": "\(url)", "SUI_GRAPHQL_URL": "",
            ]
            environment["WALRUS_PUBLISHER_JWT_SECRET"] = secret
            try await body(HandWalrus(folder: folder, environment: environment))
        }
    }
}

/// Lets only those put who bring a token that nobody brought before.
private struct TokenGuard<Context: RequestContext>: RouterMiddleware {
    let take: @Sendable (String) -> Bool

    init(_ take: @escaping @Sendable (String) -> Bool) { self.take = take }

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let token = request.headers[.authorization]
        guard request.method == .put ? token.map(take) ?? false : token == nil else {
            throw HTTPError(.unauthorized)
        }
        return try await next(request, context)
    }
}
