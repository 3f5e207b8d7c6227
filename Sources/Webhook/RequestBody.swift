import Contract
import Foundation
import HTTPTypes
import Hummingbird
import Jobs

extension Request {
    /// The whole body.
    ///
    /// - Throws: ``WebhookError/bodyTooLarge(limit:)`` over `limit` bytes.
    func bytes(upTo limit: Int) async throws -> [UInt8] {
        do {
            return Array(buffer: try await body.collect(upTo: limit))
        } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
            throw WebhookError.bodyTooLarge(limit: limit)
        }
    }

    /// The body as a value of the contract.
    func decode<Value: Decodable>(_ type: Value.Type, upTo limit: Int) async throws -> Value {
        let bytes = try await bytes(upTo: limit)
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
