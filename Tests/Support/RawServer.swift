package import HTTP
import NIOCore
import NIOPosix

/// One connection that a test answers byte by byte, to do what no correct HTTP server does.
package struct RawConnection {
    fileprivate let channel: any Channel
    fileprivate var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    fileprivate let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// The head of the next request, and any bytes that came with it; nil if the client has closed.
    package mutating func readHead() async throws -> String? {
        try await read(through: "\r\n\r\n")
    }

    /// The bytes up to `marker` and any that came with it; nil if the client has closed.
    package mutating func read(through marker: String) async throws -> String? {
        var text = ""
        while let buffer = try await inbound.next(isolation: #isolation) {
            text += String(buffer: buffer)
            if text.contains(marker) { return text }
        }
        return nil
    }

    /// The next request, with the length of its `Content-Length`; nil if the client has closed.
    package mutating func readRequest() async throws -> (head: String, body: [UInt8])? {
        var bytes: [UInt8] = []
        while let buffer = try await inbound.next(isolation: #isolation) {
            bytes += buffer.readableBytesView
            guard let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
            let head = String(decoding: bytes[..<blank.upperBound], as: UTF8.self)
            let length = head.firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
            if bytes.count >= blank.upperBound + length { return (head, Array(bytes[blank.upperBound...])) }
        }
        return nil
    }

    /// Takes in at least `count` bytes, and forgets them.
    package mutating func skip(_ count: Int) async throws {
        var rest = count
        while rest > 0, let buffer = try await inbound.next(isolation: #isolation) {
            rest -= buffer.readableBytes
        }
    }

    package func writeZeros(_ count: Int) async throws {
        let piece = ByteBuffer(repeating: 0, count: min(count, 1 << 20))
        for start in stride(from: 0, to: count, by: piece.readableBytes) {
            try await outbound.write(
                piece.getSlice(at: 0, length: min(piece.readableBytes, count - start)) ?? piece
            )
        }
    }

    package func write(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    package func write(_ bytes: some Sequence<UInt8> & Sendable) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// Ends the connection with a TCP reset.
    package func reset() async throws {
        let socket = channel as? any SocketOptionProvider
        try await socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close().get()
    }
}

/// Listens on a free loopback port while `body` runs, and closes each connection when `serve` returns.
package func withRawServer(
    _ serve: @escaping @Sendable (inout RawConnection) async throws -> Void,
    _ body: @Sendable (BaseURL) async throws -> Void
) async throws {
    let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        // Reading starts only when the connection is served, so that no byte is lost before.
        .childChannelOption(.autoRead, value: false)
        .bind(host: "127.0.0.1", port: 0) { $0.eventLoop.makeSucceededFuture($0) }
    let port = server.channel.localAddress?.port ?? 0
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            try await server.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in connections {
                        group.addTask { await answer(connection, with: serve) }
                    }
                }
            }
        }
        defer { group.cancelAll() }
        try await body(BaseURL("http://127.0.0.1:\(port)"))
    }
}

/// An error on a connection shows in what the client receives, so it is ignored here.
private func answer(
    _ channel: any Channel,
    with serve: @Sendable (inout RawConnection) async throws -> Void
) async {
    do {
        let connection = try await channel.eventLoop.submit {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }.get()
        try await connection.executeThenClose { inbound, outbound in
            try await channel.setOption(.autoRead, value: true).get()
            var raw = RawConnection(
                channel: channel,
                inbound: inbound.makeAsyncIterator(),
                outbound: outbound
            )
            try await serve(&raw)
        }
    } catch {}
}
