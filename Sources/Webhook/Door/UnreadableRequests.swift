import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Answers what cannot be read as a request with a sentence: 431 if its header is too large, otherwise 400.
///
/// An error within a body is left to the route that reads the body.
final class UnreadableRequests: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// The number of requests that are not answered yet.
    private var unanswered = 0
    private var hasRefused = false

    /// The time for which bytes are still received after the answer; a connection that is closed before its bytes are
    /// received may lose the answer.
    private static let grace = TimeAmount.seconds(1)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasRefused else { return }
        if case .head = unwrapInboundIn(data) { unanswered += 1 }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !hasRefused else { return }
        guard unanswered == 0, !(error is IOError), !(error is ChannelError) else {
            return context.fireErrorCaught(error)
        }
        let isTooLarge = if case HTTPParserError.headerOverflow = error { true } else { false }
        refuse(isTooLarge ? .headerTooLarge : .notHTTP, context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part = unwrapOutboundIn(data)
        if case .head = part, unanswered == 0, !hasRefused {
            // Hummingbird answers an unreadable request without a body, if it follows another request.
            refuse(.notHTTP, context)
        }
        guard !hasRefused else {
            promise?.succeed()
            return
        }
        if case .end = part { unanswered -= 1 }
        context.write(data, promise: promise)
    }

    private func refuse(_ error: WebhookError, _ context: ChannelHandlerContext) {
        hasRefused = true
        for part in HTTPResponsePart.refusal(error) { context.write(wrapOutboundOut(part), promise: nil) }
        context.flush()
        context.close(mode: .output, promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.grace) { context.close(promise: nil) }
    }
}
