import NIOCore
import NIOPosix
import Store

/// A check of the port of the HTTP server.
enum PortCheck {
    /// Whether a server can listen on the port now.
    static func isFree(_ port: Int, on host: String) -> Bool {
        do {
            let channel = try ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: host, port: port).wait()
            try channel.close().wait()
            return true
        } catch {
            return false
        }
    }
}

extension Transaction {
    /// The port on which the bot listened after its last start; nil if it has never listened.
    func lastPort() throws -> Int? { try setting("port").flatMap { Int($0) } }
    func save(port: Int) throws { try set("port", to: "\(port)") }
}
