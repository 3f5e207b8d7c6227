import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Support
import Synchronization
import Walrus
import WalrusServer

/// An aggregator and publisher beside the bot that fails now and then, in the ways in which those of the network do.
struct MoodyWalrus<Context: RequestContext>: RouterMiddleware {
    /// What a mood makes of a request.
    private enum Mood: CaseIterable {
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
        switch mood() {
        case .overloaded?: Response(status: .tooManyRequests, headers: [.retryAfter: "1"])
        case .broken?: Response(status: .badGateway)
        case .cut?: Self.cut
        case .cutAfterDoing?: try await Self.cut(after: next(request, context))
        case nil: try await next(request, context)
        }
    }

    private func mood() -> Mood? {
        generator.generator.withLock { generator in
            guard Double.random(in: 0..<1, using: &generator) < share else { return nil }
            return Mood.allCases.randomElement(using: &generator)
        }
    }

    private static var cut: Response { Response(status: .ok, body: .init { _ in throw Broken() }) }

    private static func cut(after response: Response) -> Response { cut }
}

extension MoodyWalrus where Context == BasicRequestContext {
    /// The routes of a Walrus over the blobs in `folder`.
    static func router(blobs folder: URL, failing share: Double, seed: UInt64) throws -> Router<Context> {
        let router = Router()
        router.add(middleware: MoodyWalrus(share, seed: seed))
        let logger = Logger(label: "walrus") { _ in SwiftLogNoOpLogHandler() }
        let store = try BlobStore(folder: folder.path(), encoder: BlobEncoder(), logger: logger)
        WalrusRoutes(store: store).add(to: router)
        return router
    }
}
