import NIOCore
import NIOHTTPTypes

/// Closes a connection whose client has too many connections, so that one client cannot take them all.
///
/// Clients on this machine are exempt: Caddy is one, and it has connections for all clients behind it.
final class ConnectionLimit: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    private let places: Places
    /// The client whose place this connection takes; nil if it takes none.
    private var client: String?
    private var isRefused = false

    init(_ places: Places) { self.places = places }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { enter(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        enter(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isRefused { context.fireChannelRead(data) }
    }

    private func enter(_ context: ChannelHandlerContext) {
        let address = ClientAddress(context.channel.remoteAddress)
        guard !address.isLoopback, client == nil, !isRefused else { return }
        if places.take(for: address.network) {
            client = address.network
        } else {
            isRefused = true
            for part in HTTPResponsePart.refusal(.tooManyConnections) {
                context.write(wrapOutboundOut(part), promise: nil)
            }
            context.flush()
            context.close(promise: nil)
        }
    }

    private func leave() {
        if let client { places.free(for: client) }
        client = nil
    }
}
