import Glibc
import NIOCore

/// The address of a client, as the limits of the HTTP interface count clients.
struct ClientAddress {
    /// An IPv4 address, or the /64 network of an IPv6 address, because one client can have all addresses of it.
    let network: String
    /// Whether the client is on this machine.
    let isLoopback: Bool

    /// Reads an address in any notation: `2001:db8::1` and `2001:DB8:0:0::2` are one client.
    ///
    /// A text that is no IPv6 address is a client of its own.
    init(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, String(text.prefix { $0 != "%" }), &bytes) == 1 else {
            (network, isLoopback) = (text, text.hasPrefix("127."))
            return
        }
        // A socket that listens on `::` shows IPv4 addresses as `::ffff:192.0.2.1`.
        if bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]) {
            network = bytes[12...].map { "\($0)" }.joined(separator: ".")
            isLoopback = bytes[12] == 127
        } else {
            network = bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":")
            isLoopback = bytes == [UInt8](repeating: 0, count: 15) + [1]
        }
    }

    init(_ peer: SocketAddress?) { self.init(peer?.ipAddress ?? "unknown") }
}
