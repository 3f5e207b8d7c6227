import Contract
import Foundation
import HTTPTypes
import Hummingbird
import Jobs

extension Request {
    /// The whole body.
    ///
    /// - Throws: ``WebhookError/bodyTooLarge(limit:)``; ``WebhookError/tooSlow`` for one that comes drop by drop.
    func bytes(within limits: DoorLimits) async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limits.body {
            throw WebhookError.bodyTooLarge(limit: limits.body)
        }
        let end = ContinuousClock.now + limits.bodyTime
        var bytes: [UInt8] = []
        for try await buffer in body {
            guard bytes.count + buffer.readableBytes <= limits.body else {
                throw WebhookError.bodyTooLarge(limit: limits.body)
            }
            guard ContinuousClock.now < end else { throw WebhookError.tooSlow }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }

    /// The body as a value of the contract.
    func decode<Value: Decodable>(_ type: Value.Type, within limits: DoorLimits) async throws -> Value {
        let bytes = try await bytes(within: limits)
        do {
            return try Wire.decode(type, from: bytes)
        } catch {
            throw WebhookError.malformed("JSON of the form \(type) is expected")
        }
    }

    /// The token of `Authorization: Bearer …`.
    ///
    /// - Throws: ``WebhookError/unauthorized`` where there is none.
    func bearer() throws -> Secret {
        guard let value = headers[.authorization], value.lowercased().hasPrefix("bearer ") else {
            throw WebhookError.unauthorized
        }
        return Secret(value.dropFirst("bearer ".count).trimmingCharacters(in: .whitespaces))
    }
}
