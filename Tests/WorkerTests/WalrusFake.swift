import Contract
import HTTPTypes
import Hummingbird
import Support
import Synchronization
import Walrus

/// A fake aggregator and publisher for one worker, which can misbehave on request.
///
/// It answers in the wire format of Walrus, and demands the authorization of the assignment of `bot`.
final class WalrusFake: Sendable {
    struct State: Sendable {
        var blobs: [BlobID: [UInt8]] = [:]
        /// How many of the next requests get status 503.
        var failures = 0
        /// How often a blob is still reported as missing.
        var misses: [BlobID: Int] = [:]
        /// The ID that the publisher answers for every blob; nil: the right one.
        var wrongID: BlobID?
        var stored: [BlobID] = []
        var epochs: Set<String> = []
    }

    private let shared = Mutex(State())
    private let bot: BotFake

    init(for bot: BotFake) {
        self.bot = bot
    }

    var state: State { shared.withLock { $0 } }

    func change(_ body: (inout State) -> Void) {
        shared.withLock { body(&$0) }
    }

    /// Stores `bytes` under their ID, or under a wrong one.
    func put(_ bytes: [UInt8], as wrong: BlobID? = nil) throws -> BlobID {
        let id = try wrong ?? Self.id(of: bytes)
        change { $0.blobs[id] = bytes }
        return id
    }

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("v1/blobs/:id") { request, context in
            try self.check(request)
            let id = try BlobID(try context.parameters.require("id"))
            guard let bytes = self.read(id) else { return Self.missing }
            return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        router.put("v1/blobs") { request, _ in
            try self.check(request)
            let bytes = Array(try await request.body.collect(upTo: 64 << 20).readableBytesView)
            let id = try await BackgroundWork.run { _ in try self.put(bytes) }
            self.change {
                $0.stored.append(id)
                $0.epochs.insert(request.uri.queryParameters["epochs"].map(String.init) ?? "none")
            }
            return Self.stored(self.state.wrongID ?? id, size: bytes.count)
        }
    }

    /// A cache, because computing an ID is slow and the tests use the same few blobs.
    private static let known = Mutex<[[UInt8]: BlobID]>([:])

    static func id(of bytes: [UInt8]) throws -> BlobID {
        if let id = known.withLock({ $0[bytes] }) { return id }
        let id = try BlobEncoder().blobID(of: bytes.span)
        known.withLock { $0[bytes] = id }
        return id
    }
}

extension WalrusFake {
    /// The bytes of a blob; nil if there is none, or it is missed once more.
    private func read(_ id: BlobID) -> [UInt8]? {
        shared.withLock { state in
            guard let misses = state.misses[id], misses > 0 else { return state.blobs[id] }
            state.misses[id] = misses - 1
            return nil
        }
    }

    private func check(_ request: Request) throws {
        guard request.headers[.authorization] == expectedAuthorization(request.method) else {
            throw HTTPError(.unauthorized)
        }
        let fails = shared.withLock { state in
            defer { state.failures = max(0, state.failures - 1) }
            return state.failures > 0
        }
        if fails { throw HTTPError(.serviceUnavailable) }
    }

    /// The lease token; or for puts with publisher tokens the last token that the bot gave.
    private func expectedAuthorization(_ method: HTTPRequest.Method) -> String? {
        let state = bot.state
        switch state.assignment.walrus.authorization {
        case .none: return nil
        case .lease: return "Bearer \(state.leaseToken ?? "")"
        case .publisherToken: return method == .put ? "Bearer put-\(state.publisherTokens.count)" : nil
        }
    }

    private static var missing: Response {
        json(
            """
            {"error":{"status":"NOT_FOUND","code":404,"message":"the requested blob ID does not exist on Walrus, \
            ensure that it was entered correctly","details":[{"@type":"ErrorInfo","reason":"BLOB_NOT_FOUND",\
            "domain":"daemon.walrus.space","metadata":{}}]}}
            """,
            status: .notFound
        )
    }

    private static func stored(_ id: BlobID, size: Int) -> Response {
        json(
            """
            {"newlyCreated":{"blobObject":{"id":"0xe91e","registeredEpoch":34,"blobId":"\(id)","size":\(size),\
            "encodingType":"RS2","certifiedEpoch":34,"storage":{"id":"0x4748","startEpoch":34,"endEpoch":39,\
            "storageSize":66034000},"deletable":false},"resourceOperation":{"registerFromScratch":\
            {"encodedLength":66034000,"epochsAhead":5}},"cost":132300}}
            """,
            status: .ok
        )
    }

    private static func json(_ text: String, status: HTTPResponse.Status) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
