package import HTTP
package import Hummingbird
package import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// Serves a router on a free loopback port while `body` runs, as the function below does.
package func withLoopbackServer(
    _ router: Router<BasicRequestContext>,
    server: HTTPServerBuilder = .http1(),
    connections: Int = .max,
    _ body: @Sendable (BaseURL) async throws -> Void
) async throws {
    try await withLoopbackServer(builder: router, server: server, connections: connections, body)
}

/// Serves what `builder` makes, such as a router or a door, on a free loopback port while `body` runs.
///
/// After the body, handlers have a second to end; then their tasks are cancelled. A server that is cancelled while it
/// accepts a connection would crash in NIO ("Deinited NIOAsyncWriter"). It accepts at most `connections` at a time.
package func withLoopbackServer<Builder: HTTPResponderBuilder>(
    builder: Builder,
    server: HTTPServerBuilder = .http1(),
    connections: Int = .max,
    _ body: @Sendable (BaseURL) async throws -> Void
) async throws
where
    Builder.Responder: HTTPResponder,
    Builder.Responder.Context: InitializableFromSource<ApplicationRequestContextSource>
{
    let (ports, port) = AsyncStream.makeStream(of: Int?.self)
    let logger = Logger(label: "loopback") { _ in SwiftLogNoOpLogHandler() }
    let application = Application(
        router: builder,
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
