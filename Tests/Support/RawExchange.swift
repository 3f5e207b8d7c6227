package import HTTP
import NIOCore
import NIOPosix

/// Sends the bytes of `request` unchanged, and returns the head of the response.
package func rawExchange(_ request: String, with server: BaseURL) async throws -> String {
    try await connect(to: server).executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: request))
        var response = ""
        for try await buffer in inbound {
            response += String(buffer: buffer)
            if response.contains("\r\n\r\n") { break }
        }
        return response
    }
}

/// Sends the bytes of `request`, and returns all that comes until the server closes the connection.
package func exchangeUntilClosed(_ request: String, with server: BaseURL) async throws -> String {
    try await connect(to: server).executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: request))
        var response = ""
        for try await buffer in inbound { response += String(buffer: buffer) }
        return response
    }
}

/// Holds `count` connections open without sending anything, while `body` runs.
package func withSilentConnections(_ count: Int, to server: BaseURL, _ body: () async throws -> Void)
    async throws
{
    guard count > 0 else { return try await body() }
    try await connect(to: server).executeThenClose { _, _ in
        try await withSilentConnections(count - 1, to: server, body)
    }
}

private func connect(to server: BaseURL) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    let parts = server.authority.split(separator: ":")
    return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .connect(host: String(parts[0]), port: Int(parts[1]) ?? 80) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
}

/// Sends the bytes of `request`, which is not a whole one, waits for the first bytes of an answer, and keeps the
/// connection open while `body` runs.
package func withUnfinishedRequest(_ request: String, to server: BaseURL, _ body: () async throws -> Void)
    async throws
{
    try await connect(to: server).executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: request))
        for try await _ in inbound { break }
        try await body()
    }
}
