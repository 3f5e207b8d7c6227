package import Foundation
package import HummingbirdCore
import NIOCore

/// The limits of the HTTP interface, which apply to all clients.
package struct APILimits: Sendable {
    /// The largest post to a topic, in bytes.
    package var body = 1 << 20
    /// The largest JSON body of a worker's request, in bytes.
    ///
    /// It cannot be configured, because workers rely on this value.
    let report = 1 << 20
    /// The time limit for receiving a body.
    package var bodyTime = Duration.seconds(60)
    /// The largest number of requests with one secret or token in a minute.
    package var requestsPerSecret = 6_000
    /// The largest number of requests from one IP address in a minute.
    package var requestsPerAddress = 60_000
    /// The largest number of open connections.
    package var connections = 1_024
    /// The largest number of open connections of one IP address, and of requests of one behind a proxy on this machine.
    ///
    /// Connections from this machine are not limited.
    package var connectionsPerAddress = 64
    /// The time after which an idle connection is closed.
    package var idle = Duration.seconds(30)

    /// Returns the current time, for the limits per minute.
    package var now: @Sendable () -> Date = { Date() }

    package init() {}

    /// An HTTP/1.1 server that closes idle connections, bounds those of one address, and refuses long headers.
    package var server: HTTPServerBuilder {
        let places = Places(perClient: connectionsPerAddress)
        return .http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionLimit(places), UnreadableRequests(), LastAnswer()],
                idleTimeout: TimeAmount(idle),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: HeaderLimits.field,
                    maxHeaderListSize: HeaderLimits.total,
                    maxHeaderFieldCount: HeaderLimits.count
                )
            )
        )
    }
}

/// The limits of a request's header.
enum HeaderLimits {
    /// The largest field, in bytes.
    static let field = 8 << 10
    /// The largest header, in bytes.
    static let total = 16 << 10
    /// The largest number of fields.
    static let count = 100
}
