import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import Support
import Synchronization
import Walrus
import WalrusServer

/// A Walrus on loopback, and a folder with the demo's dataset for `okaibot`.
struct WalrusFixture: Sendable {
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
    convenience init(arguments: [String], environment: [String: String], folder: URL) throws {
        try self.init("okaibot", arguments, environment: environment, folder: folder)
    }
}

/// Runs `body` with a Walrus; with a `secret`, every put must bring a new token, and reads must bring none.
func withWalrus(
    secret: String? = nil,
    _ body: @escaping @Sendable (WalrusFixture) async throws -> Void
) async throws {
    try await withTestFolder { folder in
        try Data(Dataset.iris.csv).write(to: folder.appending(path: "iris.csv"))
        let logger = Logger(label: "walrus") { _ in SwiftLogNoOpLogHandler() }
        let store = try BlobStore(
            folder: folder.appending(path: "blobs").path(),
            encoder: BlobEncoder(),
            logger: logger
        )
        let router = Router(options: .autoGenerateHeadEndpoints)
        let tokens = Mutex<Set<String>>([])
        if secret != nil {
            router.middlewares.add(TokenCheck { token in tokens.withLock { $0.insert(token).inserted } })
        }
        WalrusRoutes(store: store).add(to: router)
        try await withLoopbackServer(router) { url in
            var environment = [
                "WALRUS_AGGREGATOR_URL": "\(url)", "WALRUS_PUBLISHER_URL": "\(url)", "SUI_GRAPHQL_URL": "",
            ]
            environment["WALRUS_PUBLISHER_JWT_SECRET"] = secret
            try await body(WalrusFixture(folder: folder, environment: environment))
        }
    }
}

/// Refuses a put without a new token, and a read with a token.
private struct TokenCheck<Context: RequestContext>: RouterMiddleware {
    let isNew: @Sendable (String) -> Bool

    init(_ isNew: @escaping @Sendable (String) -> Bool) { self.isNew = isNew }

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let token = request.headers[.authorization]
        guard request.method == .put ? token.map(isNew) ?? false : token == nil else {
            throw HTTPError(.unauthorized)
        }
        return try await next(request, context)
    }
}
