import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// What is known of a request besides itself: where it comes from.
package struct DoorContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    private let peer: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress
    }

    /// Who asks, as far as limits are concerned: an IPv4 address, or the /64 network of an IPv6 one.
    ///
    /// Where the peer is a proxy on this machine, it is the address that the proxy saw: the last one it named. That
    /// somebody is on this machine opens no door.
    func origin(of request: Request) -> String {
        let address = peer?.ipAddress ?? "unknown"
        guard address == "::1" || address.hasPrefix("127."),
            let forwarded = request.headers[.xForwardedFor]?.split(separator: ",").last
        else { return Self.network(of: address) }
        return Self.network(of: forwarded.trimmingPrefix(while: \.isWhitespace).prefix(45).lowercased())
    }

    private static func network(of address: String) -> String {
        let groups = address.split(separator: ":", omittingEmptySubsequences: false)
        return groups.count > 3 ? groups.prefix(4).joined(separator: ":") : address
    }
}

extension HTTPField.Name {
    fileprivate static var xForwardedFor: Self {
        guard let name = Self("X-Forwarded-For") else { preconditionFailure("a valid header name") }
        return name
    }
}
