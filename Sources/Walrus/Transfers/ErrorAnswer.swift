import Contract
import Foundation
import HTTP
import HTTPTypes

/// Reads the errors of aggregators and publishers: AIP-193 JSON from Walrus itself, plain text from what stands before it.
enum ErrorAnswer {
    fileprivate struct Wire: Decodable {
        struct Body: Decodable {
            let message: String
            let details: [Detail]?
        }

        struct Detail: Decodable {
            let reason: String?
            let domain: String?
        }

        let error: Body
    }

    /// The error that `response` stands for, which was to be about `blob`.
    static func error(of response: HTTPResponse, body: [UInt8], blob: BlobID) -> WalrusError {
        let wire = try? JSONDecoder().decode(Wire.self, from: Data(body))  // else it is plain text
        let detail = wire?.error.details?.first { $0.reason != nil }
        let message = wire.flatMap { words($0.error.message) } ?? words(body) ?? "no reason given"
        switch (response.status.code, detail?.reason) {
        case (404, "BLOB_NOT_FOUND"), (404, nil): return .notFound(blob)
        case (404, "QUILT_PATCH_NOT_FOUND"): return .patchNotFound(message)
        case (404, "OBJECT_ID_RESOLUTION_FAILED"): return .objectNotFound(message)
        case (416, _): return .rangeRefused(message)
        case (403, "BLOB_TOO_LARGE"): return .tooLargeToRead(blob)
        case (413, _): return .tooLarge(limit: nil)
        case (451, _): return .forbidden(blob)
        case (504, "EXPIRED_SIGNATURE"), (429, "TOKEN_ALREADY_USED"):
            return .unavailable(message)  // the next try has a token of its own
        case (401, _): return .unauthorized(message)
        case (400, _) where detail?.isOfGuard == true: return .unauthorized(message)
        case (400, _): return .malformed(message)
        case (429, _): return .overloaded(retryAfter: response.retryAfter)
        case (500, _): return .failed(message)
        case (502, _), (503, _), (504, _): return .unavailable(message, retryAfter: response.retryAfter)
        case (let status, _): return .refused(status: status, message: message)
        }
    }

    /// One line of at most 300 characters, without secrets; nil where there is nothing to read.
    private static func words(_ text: String) -> String? {
        let line = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        return line.isEmpty ? nil : String(Redaction.redact(line).prefix(300))
    }

    static func words(_ body: [UInt8]) -> String? {
        words(String(decoding: body.prefix(1_000), as: UTF8.self))
    }
}

extension ErrorAnswer.Wire.Detail {
    /// Whether it is the guard before a publisher that speaks, who looks at tokens alone.
    fileprivate var isOfGuard: Bool { domain == "auth.publisher.walrus.space" }
}

extension HTTPResponse {
    /// `Retry-After` in seconds; a date, which that field may hold too, is not understood.
    fileprivate var retryAfter: Duration? {
        headerFields[.retryAfter].flatMap { Int($0) }.map { .seconds(max(0, $0)) }
    }
}
