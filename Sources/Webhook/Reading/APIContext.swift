import Contract
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// The context of a request, with the IP address of the client.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    private let peer: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress
    }

    /// The client's IP address for the rate limit: an IPv4 address, or the /64 network of an IPv6 address.
    ///
    /// A peer on this machine may be a proxy, so the last address in its `X-Forwarded-For` is returned. Use the result
    /// only for the rate limit, because a program on this machine can forge the header.
    func origin(of request: Request) -> String {
        let address = peer?.ipAddress ?? "unknown"
        guard address == "::1" || address.hasPrefix("127."),
            let forwarded = request.headers[.xForwardedFor]?.split(separator: ",").last
        else { return Self.network(of: address) }
        return Self.network(of: forwarded.trimmingPrefix(while: \.isWhitespace).prefix(45).lowercased())
    }

    /// The job's id in the path of a worker's request; nil if it is not a positive number.
    var job: JobID? { parameters.get("id").flatMap { JobID($0) } }

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
