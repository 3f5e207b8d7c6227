import Contract
import Foundation
import HTTP
import HTTPTypes

/// Parses error responses of aggregators and publishers: AIP-193 JSON from Walrus, plain text from proxies in front
/// of Walrus.
enum ErrorResponse {
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

    /// The kind of request.
    ///
    /// Some statuses have one meaning in a response to a read and another in a response to a store.
    enum Purpose {
        case read, store
    }

    /// Makes an error from the response to a request that reads or stores `blob`.
    static func error(
        of response: HTTPResponse,
        body: [UInt8],
        to purpose: Purpose,
        blob: BlobID,
        now: Date = Date()
    ) -> WalrusError {
        let wire = try? JSONDecoder().decode(Wire.self, from: Data(body))  // nil for plain text
        let detail = wire?.error.details?.first { $0.reason != nil }
        let message = wire.flatMap { summary(of: $0.error.message) } ?? summary(of: body) ?? "no reason given"
        let pause = response.retryAfter(from: now)
        switch (response.status.code, detail?.reason) {
        case (404, "BLOB_NOT_FOUND") where purpose == .read, (404, nil) where purpose == .read:
            return .notFound(blob)
        case (404, "QUILT_PATCH_NOT_FOUND"): return .patchNotFound(message)
        case (404, "OBJECT_ID_RESOLUTION_FAILED"): return .objectNotFound(message)
        case (416, _) where purpose == .read: return .rangeRefused(message)
        case (403, "BLOB_TOO_LARGE") where purpose == .read: return .tooLargeToRead(blob)
        case (413, _), (403, "BLOB_TOO_LARGE"): return .tooLarge(limit: nil)
        case (451, _): return .forbidden(blob)
        case (504, "EXPIRED_SIGNATURE"), (429, "TOKEN_ALREADY_USED"):
            return .unavailable(message)  // temporary: the next attempt uses a new token
        case (401, _) where purpose == .store && isMissingToken(message): return .unauthorized(missingToken)
        case (400, nil) where purpose == .store && isMissingToken(message): return .unauthorized(missingToken)
        case (400, "INVALID_EXPIRATION"): return .unauthorized(wrongLifetime)
        case (401, _): return .unauthorized(message)
        case (400, _) where detail?.isFromAuthentication == true: return .unauthorized(message)
        case (400, _): return .malformed(message)
        case (429, _): return .overloaded(retryAfter: pause)
        case (500, _): return .failed(message)
        case (502, _), (503, _), (504, _): return .unavailable(message, retryAfter: pause)
        case (let status, _): return .refused(status: status, message: response.redirectMessage ?? message)
        }
    }

    private static let missingToken =
        "the publisher asks for a token: set WALRUS_PUBLISHER_JWT_SECRET to its --jwt-decode-secret"

    private static let wrongLifetime =
        "the publisher wants tokens with another lifetime: set WALRUS_PUBLISHER_JWT_SECONDS to its --jwt-expiring-sec"

    /// Whether a publisher refuses a request that has no token.
    ///
    /// The publisher's framework answers with plain text: `Header of type `authorization` was missing`.
    private static func isMissingToken(_ message: String) -> Bool {
        let words = message.lowercased()
        return words.contains("authorization") && words.contains("missing")
    }

    /// `text` on one line of at most 300 characters, without secrets; nil if it is empty.
    private static func summary(of text: String) -> String? {
        let line = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        return line.isEmpty ? nil : String(Redaction.redact(line).prefix(300))
    }

    static func summary(of body: [UInt8]) -> String? {
        summary(of: String(decoding: body.prefix(1_000), as: UTF8.self))
    }
}

extension ErrorResponse.Wire.Detail {
    /// Whether the publisher's authentication layer, which checks tokens, sent the error.
    fileprivate var isFromAuthentication: Bool { domain == "auth.publisher.walrus.space" }
}

extension HTTPResponse {
    /// Parses `Retry-After`: seconds or a date (RFC 9110, section 10.2.3).
    ///
    /// Seconds beyond the range of Int become the largest Int.
    func retryAfter(from now: Date = Date()) -> Duration? {
        guard let text = headerFields[.retryAfter] else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
            return .seconds(Int(text) ?? .max)
        }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text).map { .seconds(max(0, $0.timeIntervalSince(now).rounded(.up))) }
    }

    /// A message that names the target of a redirect; nil if the response is no redirect or names no target.
    ///
    /// The client does not follow redirects, because it must not send its token to another server.
    fileprivate var redirectMessage: String? {
        guard 300..<400 ~= status.code, let place = headerFields[.location] else { return nil }
        return
            "the server redirects to \(Redaction.redact(place).prefix(300)): if this is right, configure that URL"
    }
}
