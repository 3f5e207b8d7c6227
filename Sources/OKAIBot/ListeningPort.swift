import NIOCore
import NIOPosix
import Store

/// The port that the bot was last found at.
enum ListeningPort {
    /// Whether a server could listen there now.
    static func isFree(_ port: Int, on host: String) -> Bool {
        do {
            let channel = try ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: host, port: port).wait()
            try channel.close().wait()
            return true
        } catch {
            // Whatever the reason, it is not for us.
            return false
        }
    }
}

extension Transaction {
    func rememberedPort() throws -> Int? { try setting("port").flatMap { Int($0) } }
    func remember(port: Int) throws { try set("port", to: "\(port)") }
}
