package import HTTP
package import Hummingbird
import Logging
import NIOCore

/// Serves `router` on a free loopback port while `body` runs.
///
/// The server ends with the body, whatever its handlers do: their tasks are cancelled.
package func withLoopbackServer(
    _ router: Router<BasicRequestContext>,
    _ body: @Sendable (BaseURL) async throws -> Void
) async throws {
    let (ports, port) = AsyncStream.makeStream(of: Int?.self)
    let application = Application(
        router: router,
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
