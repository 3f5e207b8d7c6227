package import HTTP
import NIOCore
import NIOPosix

/// Sends `request` byte by byte as it is, and returns the head of the answer.
package func rawExchange(_ request: String, with server: BaseURL) async throws -> String {
    let parts = server.authority.split(separator: ":")
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .connect(host: String(parts[0]), port: Int(parts[1]) ?? 80) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    return try await channel.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: request))
        var answer = ""
        for try await buffer in inbound {
            answer += String(buffer: buffer)
            if answer.contains("\r\n\r\n") { break }
        }
        return answer
    }
}
