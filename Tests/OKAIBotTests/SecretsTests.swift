import Contract
import Foundation
import Glibc
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Support
import Synchronization
import Testing

/// Every secret of a life with all that there is, looked for in all that is written.
@Suite("Secrets", .serialized)
struct SecretsTests {
    @Test("no secret that was used lies in a log, an output, a row or a file", .timeLimit(.minutes(10)))
    func nowhere() async throws {
        try await withFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                let port = try freePort()
                let wire = Wiretap(bot: try BaseURL("http://127.0.0.1:\(port)"))
                try await withLoopbackServer(wire.router) { tap in
                    try await live(in: folder, telegram, tap, port: port, fake: fake, wire: wire)
                }
            }
        }
    }

    private func live(
        in folder: URL,
        _ telegram: BaseURL,
        _ tap: BaseURL,
        port: Int,
        fake: BotAPIFake,
        wire: Wiretap
    ) async throws {
        let environment = [
            "OKAI_ADMINS": "", "LOG_LEVEL": "trace",
            "WALRUS_PUBLISHER_JWT_SECRET": "the-publisher-s-secret-of-32-bytes!",
        ]
        let bot = try RunningBot.start(
            folder,
            telegram,
            port: port,
            environment: environment,
            products: try tappedProducts(in: folder, tap)
        )
        defer { bot.send(SIGKILL) }
        try await eventually("the code is printed") { bot.printed.contains("/start ") }
        let admin = String(try #require(bot.printed.firstMatch(of: /\/start ([A-Za-z0-9_\-]+)/)).1)
        await fake.say("/start \(admin)")
        _ = try await fake.next("sendMessage", containing: "OKAI Bot")
        await fake.say("/register secrets")
        let address = try await fake.next("sendMessage", containing: "has an address")
        let topic = String(try #require(address.text.firstMatch(of: /\/([A-Za-z0-9_\-]{43})</)).1)
        let door = try BaseURL("http://127.0.0.1:\(port)")
        _ = try await HTTPClient().send(door.request(.post, "/\(topic)"), body: .bytes(Array("x".utf8)))
        await fake.say("/invite operator")
        let link = try await fake.next("sendMessage", containing: "An invitation")
        let invitation = String(try #require(link.text.firstMatch(of: /start=([A-Za-z0-9_\-]{43})/)).1)
        await fake.say("/start \(invitation)", user: 77)
        _ = try await fake.next("sendMessage", containing: "took your invitation")
        await fake.say("/train \(Dataset.irisID) trees=5")
        _ = try await fake.next(containing: "Run 1 finished")
        // Its address in Telegram holds the token.
        await fake.send(file: "iris.csv", Dataset.iris.csv)
        _ = try await fake.next(containing: "Walrus blob")
        bot.send(SIGTERM)
        let end = await bot.ended()
        #expect(end.code == 0)

        let tokens = wire.tokens
        // The launch token and the lease token at least.
        #expect(tokens.count >= 2, "\(tokens.count) tokens went over the wire")
        let token = BotAPIFake.token.split(separator: ":").map(String.init)[1]
        let secrets =
            [admin, topic, invitation, token, environment["WALRUS_PUBLISHER_JWT_SECRET"] ?? ""] + tokens
        let written =
            try files(below: folder.appending(path: "data")) + [("standard error", Data(end.errors.utf8))]
        #expect(written.count > 4)
        for (name, bytes) in written {
            for secret in secrets where bytes.range(of: Data(secret.utf8)) != nil {
                Issue.record("\(name) holds the secret \(secret.prefix(4))…")
            }
        }
        // The one that must be printed is, once.
        #expect(end.output.ranges(of: admin).count == 1)
        for secret in secrets.dropFirst() { #expect(!end.output.contains(secret)) }
    }

    /// The bot's program beside a worker whose way to the bot leads past us.
    private func tappedProducts(in folder: URL, _ tap: BaseURL) throws -> URL {
        let (products, files) = (try BotProcess.products(), FileManager.default)
        let tapped = folder.appending(path: "products")
        try files.createDirectory(at: tapped, withIntermediateDirectories: true)
        try files.copyItem(at: products.appending(path: "okaibot"), to: tapped.appending(path: "okaibot"))
        let worker = products.appending(path: "okai-worker").path()
        let script = """
            #!/bin/sh
            sed 's|"bot":"[^"]*"|"bot":"\(tap)"|' | exec \(worker) "$@"

            """
        let isWritten = files.createFile(
            atPath: tapped.appending(path: "okai-worker").path(),
            contents: Data(script.utf8),
            attributes: [.posixPermissions: 0o700]
        )
        guard isWritten else { throw CocoaError(.fileWriteUnknown) }
        return tapped
    }

    private func files(below folder: URL) throws -> [(String, Data)] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return try (files?.compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }.map { file in
            (file.lastPathComponent, try Data(contentsOf: file))
        }
    }
}

/// Stands between a worker and its bot, and keeps every token that goes by.
private final class Wiretap: Sendable {
    private let bot: BaseURL
    private let seen = Mutex<Set<String>>([])

    var tokens: [String] { seen.withLock { $0.sorted() } }

    init(bot: BaseURL) { self.bot = bot }

    var router: Router<BasicRequestContext> {
        let router = Router()
        for method in [HTTPRequest.Method.get, .put, .post] {
            router.on("**", method: method) { request, _ in try await self.pass(request) }
        }
        return router
    }

    private func pass(_ request: Request) async throws -> Response {
        if let bearer = request.headers[.authorization]?.split(separator: " ").last {
            seen.withLock { _ = $0.insert(String(bearer)) }
        }
        let body = Array(buffer: try await request.body.collect(upTo: 64 << 20))
        let path = request.uri.path + (request.uri.query.map { "?\($0)" } ?? "")
        var headers = request.headers
        for name in [HTTPField.Name.contentLength, .transferEncoding, .connection] { headers[name] = nil }
        let (response, bytes) = try await HTTPClient().send(
            bot.request(request.method, path, headers: headers),
            body: request.method == .get ? .none : .bytes(body)
        )
        return Response(
            status: response.status,
            headers: response.headerFields.without(.contentLength, .transferEncoding, .connection),
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}

extension HTTPFields {
    fileprivate func without(_ names: HTTPField.Name...) -> HTTPFields {
        var fields = self
        for name in names { fields[name] = nil }
        return fields
    }
}
