import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Support
import Synchronization
import Walrus
import WalrusServer

/// Middleware by which an aggregator and publisher fail at random, as those of the network do.
///
/// The first request for a blob that was stored meanwhile is answered 404: the aggregator has not heard of it yet.
struct UnreliableWalrus<Context: RequestContext>: RouterMiddleware {
    /// A failure of one request.
    private enum Fault: CaseIterable {
        case overloaded, broken, cut, cutAfterDoing
    }

    private struct Broken: Error {}

    private let share: Double
    private let shared: Shared

    private final class Shared: Sendable {
        let generator: Mutex<SeededGenerator>
        /// The paths of the blobs that the aggregator has heard of.
        let known: Mutex<Set<String>>

        init(_ seed: UInt64, known: Set<String>) {
            generator = Mutex(SeededGenerator(seed: seed))
            self.known = Mutex(known)
        }
    }

    init(_ share: Double, seed: UInt64, known: [String]) {
        self.share = share
        shared = Shared(seed, known: Set(known.map { "/v1/blobs/\($0)" }))
    }

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        if request.method != .put, shared.known.withLock({ $0.insert(request.uri.path).inserted }) {
            return Response(status: .notFound)
        }
        return switch randomFault() {
        case .overloaded?: Response(status: .tooManyRequests, headers: [.retryAfter: "1"])
        case .broken?: Response(status: .badGateway)
        case .cut?: Self.cut
        case .cutAfterDoing?: try await Self.cut(after: next(request, context))
        case nil: try await next(request, context)
        }
    }

    private func randomFault() -> Fault? {
        shared.generator.withLock { generator in
            guard Double.random(in: 0..<1, using: &generator) < share else { return nil }
            return Fault.allCases.randomElement(using: &generator)
        }
    }

    private static var cut: Response { Response(status: .ok, body: .init { _ in throw Broken() }) }

    private static func cut(after response: Response) -> Response { cut }
}

extension UnreliableWalrus where Context == BasicRequestContext {
    /// A router that serves the blobs in `folder`; the random share `failing` of its requests fails.
    ///
    /// `known` are the IDs of the blobs that it has from the beginning.
    static func router(blobs folder: URL, known: [String], failing share: Double, seed: UInt64) throws
        -> Router<Context>
    {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.add(middleware: UnreliableWalrus(share, seed: seed, known: known))
        let logger = Logger(label: "walrus") { _ in SwiftLogNoOpLogHandler() }
        let store = try BlobStore(folder: folder.path(), encoder: BlobEncoder(), logger: logger)
        WalrusRoutes(store: store).add(to: router)
        return router
    }
}
