import NIOCore

/// The address of a client, as the limits of the HTTP interface count clients.
struct ClientAddress {
    /// An IPv4 address, or the /64 network of an IPv6 address, because one client can have all addresses of it.
    let network: String
    /// Whether the client is on this machine.
    let isLoopback: Bool

    init(_ address: String) {
        // A socket that listens on `::` shows IPv4 addresses in this form.
        let plain = address.hasPrefix("::ffff:") ? String(address.dropFirst("::ffff:".count)) : address
        isLoopback = plain == "::1" || plain.hasPrefix("127.")
        let groups = plain.split(separator: ":", omittingEmptySubsequences: false)
        network = groups.count > 3 ? groups.prefix(4).joined(separator: ":") : plain
    }

    init(_ peer: SocketAddress?) { self.init(peer?.ipAddress ?? "unknown") }
}
