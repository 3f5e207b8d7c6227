package import HTTP
package import Hummingbird
package import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// Serves `router` on a free loopback port while `body` runs.
///
/// After the body, handlers have a second to end; then their tasks are cancelled. A server that is cancelled while it
/// accepts a connection would crash in NIO ("Deinited NIOAsyncWriter"). It accepts at most `connections` at a time.
package func withLoopbackServer<Context: RequestContext>(
    _ router: Router<Context>,
    server: HTTPServerBuilder = .http1(),
    connections: Int = .max,
    _ body: @Sendable (BaseURL) async throws -> Void
) async throws where Context.Source == ApplicationRequestContextSource {
    let (ports, port) = AsyncStream.makeStream(of: Int?.self)
    let logger = Logger(label: "loopback") { _ in SwiftLogNoOpLogHandler() }
    let application = Application(
        router: router,
        server: server,
        configuration: .init(
            address: .hostname("127.0.0.1", port: 0),
            availableConnectionsDelegate: .maximum(connections, logger: logger)
        ),
        onServerRunning: { port.yield($0.localAddress?.port) },
        logger: logger
    )
    var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(1)
    let service = ServiceGroup(configuration: configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { port.finish() }
            try await service.run()
        }
        guard let number = await ports.first(where: { $0 != nil }) ?? nil else {
            return try await group.waitForAll()
        }
        let result: Result<Void, any Error>
        do { result = .success(try await body(BaseURL("http://127.0.0.1:\(number)"))) } catch {
            result = .failure(error)
        }
        await service.triggerGracefulShutdown()
        // The service throws if its handlers had to be cancelled.
        try? await group.waitForAll()
        try result.get()
    }
}
