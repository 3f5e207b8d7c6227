/// The time limits of a transfer.
///
/// If one is exceeded, the transfer fails with a ``TransferError`` of kind `timeout`.
package struct TransferTimeouts: Hashable, Sendable {
    /// The limit for name look-up, TCP handshake and TLS handshake together.
    package var connect: Duration
    /// The limit from the start of the transfer to its last byte; nil for no limit.
    package var total: Duration?
    /// The limit for a time without a byte in either direction, rounded up to whole seconds.
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

    /// For large bodies: no limit as long as bytes arrive or are sent.
    package static let bulk = TransferTimeouts(total: nil, idle: .seconds(60))

    /// For a server that delays its response for up to `duration`.
    package static func longPoll(_ duration: Duration) -> TransferTimeouts {
        TransferTimeouts(total: duration + .seconds(20), idle: duration + .seconds(10))
    }
}

extension Duration {
    /// Rounded up and at least 1, because libcurl reads 0 as "no limit" or as its default limit.
    var wholeMilliseconds: Int { Int(max(1, (self / .milliseconds(1)).rounded(.up))) }

    /// Rounded up and at least 1, because libcurl reads 0 as "no limit".
    var wholeSeconds: Int { Int(max(1, (self / .seconds(1)).rounded(.up))) }
}
