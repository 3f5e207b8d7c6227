/// Time limits of a transfer, which fails with kind `timeout` when one is exceeded.
package struct TransferTimeouts: Hashable, Sendable {
    /// For name look-up, TCP and TLS handshakes together.
    package var connect: Duration
    /// From the start of the transfer to its last byte; nil for no limit.
    package var total: Duration?
    /// Without a byte in either direction; rounded up to whole seconds.
    ///
    /// Pauses that a slow reader causes do not count.
    package var idle: Duration

    package init(connect: Duration = .seconds(10), total: Duration?, idle: Duration) {
        self.connect = connect
        self.total = total
        self.idle = idle
    }

    /// For requests with a small response.
    package static let standard = TransferTimeouts(total: .seconds(60), idle: .seconds(30))

    /// For large bodies: no limit in all, as long as bytes move.
    package static let bulk = TransferTimeouts(total: nil, idle: .seconds(60))

    /// For a server that delays its response for up to `duration`.
    package static func longPoll(_ duration: Duration) -> TransferTimeouts {
        TransferTimeouts(total: duration + .seconds(20), idle: duration + .seconds(10))
    }
}

extension Duration {
    /// Rounded up and at least 1, because 0 means "no limit" to libcurl.
    var wholeMilliseconds: Int { Int(max(1, (self / .milliseconds(1)).rounded(.up))) }

    /// Rounded up and at least 1, because 0 means "no limit" to libcurl.
    var wholeSeconds: Int { Int(max(1, (self / .seconds(1)).rounded(.up))) }
}
