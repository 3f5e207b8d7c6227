import Contract
import Foundation
import HTTPTypes

/// Reads the errors of aggregators and publishers: AIP-193 JSON from Walrus itself, plain text from what stands before it.
enum ErrorAnswer {
    private struct Wire: Decodable {
        struct Body: Decodable {
            let message: String
            let details: [Detail]?
        }

        struct Detail: Decodable {
            let reason: String?
        }

        let error: Body
    }

    static func error(of response: HTTPResponse, body: [UInt8], blob: BlobID) -> WalrusError {
        let wire = try? JSONDecoder().decode(Wire.self, from: Data(body))  // else it is plain text
        let reason = wire?.error.details?.compactMap(\.reason).first
        let text = wire?.error.message ?? String(decoding: body.prefix(300), as: UTF8.self)
        let message = text.isEmpty ? response.status.reasonPhrase : text
        switch response.status.code {
        case 404 where reason == "BLOB_NOT_FOUND" || reason == nil: return .notFound(blob)
        case 403 where reason == "BLOB_TOO_LARGE", 413: return .tooLarge(limit: nil)
        case 429 where reason == "TOKEN_ALREADY_USED": return .refused(status: 429, message: message)
        case 429, 500, 502, 503, 504: return .unavailable(message)
        default: return .refused(status: response.status.code, message: message)
        }
    }
}
