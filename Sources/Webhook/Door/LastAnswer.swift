import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection after an answer that says so (`Connection: close`): Hummingbird does it only where the request says so.
final class LastAnswer: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var isLast = false
    private var isSent = false

    /// The time for which bytes are still received: a connection that is closed before that may lose the answer.
    private static let grace = TimeAmount.seconds(1)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isSent { context.fireChannelRead(data) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isSent else {
            promise?.succeed()
            return
        }
        let part = unwrapOutboundIn(data)
        if case .head(let head) = part, head.headerFields[.connection]?.lowercased() == "close" {
            isLast = true
        }
        context.write(data, promise: promise)
        guard isLast, case .end = part else { return }
        isSent = true
        context.flush()
        context.close(mode: .output, promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.grace) { context.close(promise: nil) }
    }
}
