import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Support
import Synchronization
import Walrus
import WalrusServer

/// Middleware by which an aggregator and publisher fail at random, as those of the network do.
struct UnreliableWalrus<Context: RequestContext>: RouterMiddleware {
    /// A failure of one request.
    private enum Fault: CaseIterable {
        case overloaded, broken, cut, cutAfterDoing
    }

    private struct Broken: Error {}

    private let share: Double
    private let generator: Shared

    private final class Shared: Sendable {
        let generator: Mutex<SeededGenerator>
        init(_ seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }
    }

    init(_ share: Double, seed: UInt64) {
        (self.share, generator) = (share, Shared(seed))
    }

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        switch randomFault() {
        case .overloaded?: Response(status: .tooManyRequests, headers: [.retryAfter: "1"])
        case .broken?: Response(status: .badGateway)
        case .cut?: Self.cut
        case .cutAfterDoing?: try await Self.cut(after: next(request, context))
        case nil: try await next(request, context)
        }
    }

    private func randomFault() -> Fault? {
        generator.generator.withLock { generator in
            guard Double.random(in: 0..<1, using: &generator) < share else { return nil }
            return Fault.allCases.randomElement(using: &generator)
        }
    }

    private static var cut: Response { Response(status: .ok, body: .init { _ in throw Broken() }) }

    private static func cut(after response: Response) -> Response { cut }
}

extension UnreliableWalrus where Context == BasicRequestContext {
    /// A router that serves the blobs in `folder`; the random share `failing` of its requests fails.
    static func router(blobs folder: URL, failing share: Double, seed: UInt64) throws -> Router<Context> {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.add(middleware: UnreliableWalrus(share, seed: seed))
        let logger = Logger(label: "walrus") { _ in SwiftLogNoOpLogHandler() }
        let store = try BlobStore(folder: folder.path(), encoder: BlobEncoder(), logger: logger)
        WalrusRoutes(store: store).add(to: router)
        return router
    }
}
