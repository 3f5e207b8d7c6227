/// How long a transfer may take before it fails with a `timeout`.
package struct TransferTimeouts: Hashable, Sendable {
    /// Until name look-up, TCP and TLS handshakes are done.
    package var connect: Duration
    /// From the start to the last byte; nil for no limit.
    package var total: Duration?
    /// Without a byte in either direction, in whole seconds (rounded up).
    ///
    /// A reader that holds the server back doesn't count.
    package var idle: Duration

    package init(connect: Duration = .seconds(10), total: Duration?, idle: Duration) {
        self.connect = connect
        self.total = total
        self.idle = idle
    }

    /// For requests with a small answer.
    package static let standard = TransferTimeouts(total: .seconds(60), idle: .seconds(30))

    /// For large bodies: any length of time, as long as bytes move.
    package static let bulk = TransferTimeouts(total: nil, idle: .seconds(60))

    /// For a server that keeps the answer back for up to `duration`.
    package static func longPoll(_ duration: Duration) -> TransferTimeouts {
        TransferTimeouts(total: duration + .seconds(20), idle: duration + .seconds(10))
    }
}

extension Duration {
    /// For curl's options, where zero would mean no limit.
    var wholeMilliseconds: Int { Int(max(1, (self / .milliseconds(1)).rounded(.up))) }

    /// For curl's options, where zero would mean no limit.
    var wholeSeconds: Int { Int(max(1, (self / .seconds(1)).rounded(.up))) }
}
