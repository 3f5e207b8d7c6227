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

/// Uses every kind of secret, and searches all that the bot has written.
@Suite("Secrets", .serialized)
struct SecretsTests {
    @Test("no log, output, database row or file holds a secret", .timeLimit(.minutes(10)))
    func search() async throws {
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                let port = try freePort()
                let recorder = TokenRecorder(bot: try BaseURL("http://127.0.0.1:\(port)"))
                try await withLoopbackServer(recorder.router) { proxy in
                    try await live(in: folder, telegram, proxy, port: port, fake: fake, recorder: recorder)
                }
            }
        }
    }

    private func live(
        in folder: URL,
        _ telegram: BaseURL,
        _ proxy: BaseURL,
        port: Int,
        fake: BotAPIFake,
        recorder: TokenRecorder
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
            products: try productsWithProxy(in: folder, proxy)
        )
        defer { bot.send(SIGKILL) }
        try await eventually("the code is printed") { bot.outputSoFar.contains("/start ") }
        let admin = String(try #require(bot.outputSoFar.firstMatch(of: /\/start ([A-Za-z0-9_\-]+)/)).1)
        await fake.say("/start \(admin)")
        _ = try await fake.next("sendMessage", containing: "OKAI Bot")
        await fake.say("/register secrets")
        let address = try await fake.next("sendMessage", containing: "has an address")
        let topic = String(try #require(address.text.firstMatch(of: /\/([A-Za-z0-9_\-]{43})</)).1)
        let api = try BaseURL("http://127.0.0.1:\(port)")
        _ = try await HTTPClient().send(api.request(.post, "/\(topic)"), body: .bytes(Array("x".utf8)))
        await fake.say("/invite operator")
        let link = try await fake.next("sendMessage", containing: "An invitation")
        let invitation = String(try #require(link.text.firstMatch(of: /start=([A-Za-z0-9_\-]{43})/)).1)
        await fake.say("/start \(invitation)", user: 77)
        _ = try await fake.next("sendMessage", containing: "took your invitation")
        await fake.say("/train \(Dataset.irisID) trees=5")
        _ = try await fake.next(containing: "Run 1 finished")
        // The address of the file at Telegram holds the bot's token.
        await fake.send(file: "iris.csv", Dataset.iris.csv)
        _ = try await fake.next(containing: "Walrus blob")
        bot.send(SIGTERM)
        let end = await bot.ended()
        #expect(end.code == 0)

        let tokens = recorder.tokens
        // At least the launch token and the lease token.
        #expect(tokens.count >= 2, "\(tokens.count) tokens were recorded")
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
        // The admin code is printed once.
        #expect(end.output.ranges(of: admin).count == 1)
        for secret in secrets.dropFirst() { #expect(!end.output.contains(secret)) }
    }

    /// A folder with the bot and a worker that reaches the bot through `proxy`.
    private func productsWithProxy(in folder: URL, _ proxy: BaseURL) throws -> URL {
        let (products, files) = (try BotProcess.products(), FileManager.default)
        let copy = folder.appending(path: "products")
        try files.createDirectory(at: copy, withIntermediateDirectories: true)
        try files.copyItem(at: products.appending(path: "okaibot"), to: copy.appending(path: "okaibot"))
        let worker = products.appending(path: "okai-worker").path()
        let script = """
            #!/bin/sh
            sed 's|"bot":"[^"]*"|"bot":"\(proxy)"|' | exec \(worker) "$@"

            """
        let isWritten = files.createFile(
            atPath: copy.appending(path: "okai-worker").path(),
            contents: Data(script.utf8),
            attributes: [.posixPermissions: 0o700]
        )
        guard isWritten else { throw CocoaError(.fileWriteUnknown) }
        return copy
    }

    private func files(below folder: URL) throws -> [(String, Data)] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return try (files?.compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }.map { file in
            (file.lastPathComponent, try Data(contentsOf: file))
        }
    }
}

/// A proxy between a worker and its bot that records every token.
private final class TokenRecorder: Sendable {
    private let bot: BaseURL
    private let seen = Mutex<Set<String>>([])

    var tokens: [String] { seen.withLock { $0.sorted() } }

    init(bot: BaseURL) { self.bot = bot }

    var router: Router<BasicRequestContext> {
        let router = Router()
        for method in [HTTPRequest.Method.get, .put, .post] {
            router.on("**", method: method) { request, _ in try await self.forward(request) }
        }
        return router
    }

    private func forward(_ request: Request) async throws -> Response {
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
