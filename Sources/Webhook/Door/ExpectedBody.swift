import Hummingbird
import NIOCore
import NIOHTTPTypes
import Synchronization

/// The body of a request with `Expect: 100-continue`: it sends `100 Continue` when it is read.
///
/// So a request that is refused by its head, for example with 413 by its length, gets its answer instead, and the client
/// need not send the body (RFC 9110, 10.1.1).
struct ExpectedBody: AsyncSequence, Sendable {
    private final class Permission: Sendable {
        let isGiven = Mutex(false)
    }

    private let body: RequestBody
    private let channel: any Channel
    private let permission = Permission()

    init(_ body: RequestBody, of channel: any Channel) {
        self.body = body
        self.channel = channel
    }

    /// Whether the body was read, at least in part.
    var isAwaited: Bool { permission.isGiven.withLock { $0 } }

    func makeAsyncIterator() -> Iterator {
        Iterator(chunks: body.makeAsyncIterator(), sequence: self)
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var chunks: RequestBody.AsyncIterator
        fileprivate let sequence: ExpectedBody

        mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ByteBuffer? {
            try await sequence.permit()
            return try await chunks.next(isolation: actor)
        }
    }

    /// Tells the client to send the body, once.
    private func permit() async throws {
        let isFirst = permission.isGiven.withLock { isGiven in
            defer { isGiven = true }
            return !isGiven
        }
        guard isFirst else { return }
        try await channel.writeAndFlush(HTTPResponsePart.head(.init(status: .continue)))
    }
}
