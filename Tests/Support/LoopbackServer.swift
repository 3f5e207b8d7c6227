package import HTTP
package import Hummingbird
package import HummingbirdCore
import Logging
import NIOCore

/// Serves `router` on a free loopback port while `body` runs.
///
/// When the body ends, the tasks of its handlers are cancelled. The server accepts at most `connections` at a time.
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
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { port.finish() }
            try await application.run()
        }
        guard let number = await ports.first(where: { $0 != nil }) ?? nil else {
            return try await group.waitForAll()
        }
        defer { group.cancelAll() }
        try await body(BaseURL("http://127.0.0.1:\(number)"))
    }
}
