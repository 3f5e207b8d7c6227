package import HTTP
package import Hummingbird
package import HummingbirdCore
import Logging
import NIOCore

/// Serves `router` on a free loopback port while `body` runs.
///
/// The server ends with the body, whatever its handlers do: their tasks are cancelled.
package func withLoopbackServer<Context: RequestContext>(
    _ router: Router<Context>,
    server: HTTPServerBuilder = .http1(),
    _ body: @Sendable (BaseURL) async throws -> Void
) async throws where Context.Source == ApplicationRequestContextSource {
    let (ports, port) = AsyncStream.makeStream(of: Int?.self)
    let application = Application(
        router: router,
        server: server,
        configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { port.yield($0.localAddress?.port) },
        logger: Logger(label: "loopback") { _ in SwiftLogNoOpLogHandler() }
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
