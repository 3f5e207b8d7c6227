import Contract
import Foundation
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// The context of a request, with the connection on which it came.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The connection of the request.
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The client for the rate limit: the peer, or the client that a proxy on this machine names.
    ///
    /// Use the result only for limits, because a program on this machine can forge the header.
    func origin(of request: Request) -> String {
        forwardedOrigin(of: request) ?? ClientAddress(channel.remoteAddress).network
    }

    /// The client that a proxy on this machine names: the last address of `X-Forwarded-For`.
    ///
    /// Nil if the peer is not on this machine, or names no client.
    func forwardedOrigin(of request: Request) -> String? {
        guard ClientAddress(channel.remoteAddress).isLoopback,
            let last = request.headers[.xForwardedFor]?.split(separator: ",").last
        else { return nil }
        return ClientAddress(String(last.prefix(60)).trimmingCharacters(in: .whitespaces)).network
    }

    /// The job's id in the path of a worker's request; nil if it is not a positive number.
    var job: JobID? { parameters.get("id").flatMap { JobID($0) } }
}

extension HTTPField.Name {
    fileprivate static var xForwardedFor: Self {
        guard let name = Self("X-Forwarded-For") else { preconditionFailure("a valid header name") }
        return name
    }
}
