import Contract
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import Support
import Walrus
import WalrusServer

/// An embedded Walrus server on loopback with seven shards, and a client of it, in a temporary folder.
struct EmbeddedWalrus: Sendable {
    static let sizeLimit = 600_000

    let folder: String
    let address: BaseURL
    let client: WalrusClient
    let encoder: BlobEncoder
    private let http = HTTPClient()

    /// Runs `body` beside the server; if `bearer` is set, requests need this token.
    static func serve(
        limits: WalrusLimits = WalrusLimits(put: sizeLimit),
        bearer: String? = nil,
        clientBearer: String? = nil,
        _ body: @escaping @Sendable (EmbeddedWalrus) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let encoder = try BlobEncoder(shards: 7)
            let store = try BlobStore(folder: "\(folder)/blobs", encoder: encoder, logger: .silent)
            let router = Router(options: .autoGenerateHeadEndpoints)
            WalrusRoutes(store: store, limits: limits) { $0 == bearer }.add(to: router)
            try await withLoopbackServer(router) { address in
                let token = clientBearer ?? bearer
                let client = WalrusClient.make(
                    [address],
                    credentials: token.map { .bearer($0) } ?? .none,
                    encoder: encoder
                )
                try await body(
                    EmbeddedWalrus(folder: folder, address: address, client: client, encoder: encoder)
                )
            }
        }
    }

    /// Writes a file of `size` pseudo-random bytes and returns its path, ID and size.
    func file(_ name: String = "data", size: Int) throws -> (path: String, blob: StoredBlob) {
        var state: UInt64 = UInt64(size) + 1
        let bytes = (0..<size).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        let path = "\(folder)/\(name)"
        try Data(bytes).write(to: URL(filePath: path))
        return (path, StoredBlob(id: try encoder.blobID(of: bytes.span), size: size))
    }

    /// The names in the folder, without the server's own folder.
    func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "blobs" }.sorted()
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields = [:],
        body: [UInt8] = []
    ) async throws -> (status: Int, headers: HTTPFields, body: String) {
        let parts = path.split(separator: "?", maxSplits: 1)
        var request = address.request(method, String(parts[0]), headers: headers)
        if parts.count > 1 { request.path = path }
        let (response, bytes) = try await http.send(request, body: body.isEmpty ? .none : .bytes(body))
        return (response.status.code, response.headerFields, String(decoding: bytes, as: UTF8.self))
    }
}

extension WalrusClient {
    /// A client that does not wait between attempts.
    ///
    /// The first address is also that of the publisher.
    static func make(
        _ aggregators: [BaseURL],
        credentials: Credentials = .none,
        tries: Int = 5,
        clock: any Clock<Duration> = InstantClock(),
        idleTimeout: Duration = .seconds(30),
        encoder: BlobEncoder
    ) -> WalrusClient {
        WalrusClient(
            aggregators: aggregators,
            publisher: aggregators[0],
            http: HTTPClient(),
            credentials: credentials,
            retryPolicy: RetryPolicy(maxAttempts: tries, clock: clock, generator: SplitMix(seed: 7)),
            idleTimeout: idleTimeout,
            encoder: encoder
        )
    }
}

extension Logger {
    static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}
