/// How long each stretch of a transfer may take.
package struct TransferTimeouts: Sendable {
    /// Until the connection stands, TLS included.
    package var connect: Duration
    /// From start to end; nil: as long as bytes move.
    package var total: Duration?
    /// Without a single byte in either direction.
    package var idle: Duration

    package init(connect: Duration = .seconds(10), total: Duration?, idle: Duration) {
        self.connect = connect
        self.total = total
        self.idle = idle
    }

    /// For short exchanges.
    package static let standard = TransferTimeouts(total: .seconds(60), idle: .seconds(30))
    /// For files of any size.
    package static let bulk = TransferTimeouts(total: nil, idle: .seconds(60))

    /// For a request that the server may hold for `duration` before it answers.
    package static func longPoll(_ duration: Duration) -> TransferTimeouts {
        TransferTimeouts(total: duration + .seconds(10), idle: duration + .seconds(10))
    }
}
