import Contract
import Foundation
import HTTPTypes
import Hummingbird
import Jobs
import Unpacking

extension Request {
    /// The whole body.
    ///
    /// - Throws: ``WebhookError/bodyTooLarge(limit:)``; ``WebhookError/tooSlow`` if the body has not arrived within
    ///   `time`; ``WebhookError/malformed(_:)`` if it is incomplete or violates HTTP; `CancellationError`.
    func bytes(upTo limit: Int, within time: Duration) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await read(upTo: limit, within: time) { bytes.append(contentsOf: $0.readableBytesView) }
        return bytes
    }

    /// The whole body, unpacked if its sender packed it (`Content-Encoding`).
    ///
    /// - Throws: as ``bytes(upTo:within:)``; ``WebhookError/bodyTooLarge(limit:)`` if the unpacked body is larger than
    ///   `limit`; ``WebhookError/packed(encoding:)``.
    func unpackedBytes(upTo limit: Int, within time: Duration) async throws -> [UInt8] {
        let bytes = try await bytes(upTo: limit, within: time)
        guard let encoding = headers[.contentEncoding]?.trimmingCharacters(in: .whitespaces).lowercased()
        else {
            return bytes
        }
        switch encoding {
        case "", "identity": return bytes
        case "gzip", "x-gzip", "deflate":
            do {
                return try PackedContent.unpack(bytes, upTo: limit)
            } catch .tooLarge(let limit) {
                throw WebhookError.bodyTooLarge(limit: limit)
            } catch .broken {
                throw WebhookError.malformed(
                    "it is not packed with \(encoding), as its Content-Encoding says"
                )
            }
        default: throw WebhookError.packed(encoding: String(encoding.prefix(40)))
        }
    }

    /// Reads the whole body and discards it.
    ///
    /// - Throws: as ``bytes(upTo:within:)``.
    func discardBody(upTo limit: Int, within time: Duration) async throws {
        try await read(upTo: limit, within: time) { _ in }
    }

    private func read(upTo limit: Int, within time: Duration, _ receive: (ByteBuffer) -> Void) async throws {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw WebhookError.bodyTooLarge(limit: limit)
        }
        let end = ContinuousClock.now + time
        var count = 0
        for try await buffer in chunks {
            count += buffer.readableBytes
            guard count <= limit else { throw WebhookError.bodyTooLarge(limit: limit) }
            guard ContinuousClock.now < end else { throw WebhookError.tooSlow }
            receive(buffer)
        }
    }

    /// The chunks of the body.
    ///
    /// The sequence throws ``WebhookError/malformed(_:)`` if the body is incomplete or violates HTTP.
    var chunks: some AsyncSequence<ByteBuffer, any Error> & Sendable { RequestChunks(body: body) }

    /// Decodes the JSON body of a worker's request.
    func decode<Value: Decodable>(_ type: Value.Type, within limits: APILimits) async throws -> Value {
        let bytes = try await bytes(upTo: limits.report, within: limits.bodyTime)
        do {
            return try Wire.decode(type, from: bytes)
        } catch {
            throw WebhookError.malformed("JSON of the form \(type) is expected")
        }
    }

    /// The token of `Authorization: Bearer …`.
    ///
    /// - Throws: ``WebhookError/unauthorized`` if there is none.
    func bearer() throws -> Secret {
        guard let value = headers[.authorization], value.lowercased().hasPrefix("bearer ") else {
            throw WebhookError.unauthorized
        }
        return Secret(value.dropFirst("bearer ".count).trimmingCharacters(in: .whitespaces))
    }
}

/// The chunks of a request's body.
///
/// An error is reported as ``WebhookError/malformed(_:)``.
private struct RequestChunks: AsyncSequence {
    let body: RequestBody

    func makeAsyncIterator() -> Iterator { Iterator(chunks: body.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        var chunks: RequestBody.AsyncIterator

        mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ByteBuffer? {
            do {
                return try await chunks.next(isolation: actor)
            } catch let error as CancellationError {
                throw error
            } catch {
                throw WebhookError.malformed("it is cut off, or violates HTTP")
            }
        }
    }
}
