package import Foundation
package import HummingbirdCore
import NIOCore

/// How much the door takes, from anyone.
package struct DoorLimits: Sendable {
    /// The largest post to a topic, in bytes.
    package var body = 1 << 20
    /// The largest report of a worker, in bytes: not for anyone to choose, because workers count on it.
    let report = 1 << 20
    /// How long a body may take to arrive.
    package var bodyTime = Duration.seconds(60)
    /// How often one secret or token may be used in a minute.
    package var requestsPerSecret = 6_000
    /// How many requests one address may make in a minute.
    package var requestsPerAddress = 60_000
    /// How many connections may be open at once.
    package var connections = 1_024
    /// How long a connection may be silent.
    package var idle = Duration.seconds(30)

    /// By which clock rates are counted.
    package var now: @Sendable () -> Date = { Date() }

    package init() {}

    /// The HTTP/1.1 server that cuts silent connections and endless headers.
    package var server: HTTPServerBuilder {
        .http1(
            configuration: .init(
                idleTimeout: TimeAmount(idle),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 8 << 10,
                    maxHeaderListSize: 16 << 10,
                    maxHeaderFieldCount: 100
                )
            )
        )
    }
}
