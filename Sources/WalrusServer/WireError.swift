import Contract
import HTTPTypes
import Hummingbird

/// The errors of Walrus' API, in the JSON format of AIP-193.
enum WireError: Error, Equatable {
    case notFound, tooLargeToRead
    case malformedID, invalidPersistence, invalidByteRange, unsatisfiableRange
    case malformedRequest(String)
    case unauthorized
    case unknownRoute(String)
    case failed

    var response: Response {
        get throws {
            let (status, code, reason, message) = members
            let detail = Body.Detail(reason: reason, domain: domain)
            var response = try Response.json(
                Body(error: .init(status: code, code: status.code, message: message, details: [detail])),
                status: status
            )
            if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
            return response
        }
    }

    private var domain: String {
        self == .unauthorized ? "auth.publisher.walrus.space" : "daemon.walrus.space"
    }

    private var members: (HTTPResponse.Status, String, String, String) {
        switch self {
        case .notFound:
            (
                .notFound, "NOT_FOUND", "BLOB_NOT_FOUND",
                "the requested blob ID does not exist on Walrus, ensure that it was entered correctly"
            )
        case .tooLargeToRead:
            (.forbidden, "SIZE_EXCEEDED", "BLOB_TOO_LARGE", "the blob is larger than this server serves")
        case .malformedID:
            (.badRequest, "INVALID_ARGUMENT", "INVALID_ID_FORMAT", "the blob ID is malformed")
        case .invalidPersistence:
            (
                .badRequest, "INVALID_ARGUMENT", "INVALID_BLOB_PERSISTENCE",
                "a blob cannot be both permanent and deletable"
            )
        case .invalidByteRange:
            (
                .badRequest, "INVALID_ARGUMENT", "INVALID_BYTE_RANGE",
                "start and length must lie within the blob"
            )
        case .unsatisfiableRange:
            (
                .rangeNotSatisfiable, "RANGE_NOT_SATISFIABLE", "INVALID_BYTE_RANGE",
                "the byte range cannot be served"
            )
        case .malformedRequest(let message):
            (.badRequest, "INVALID_ARGUMENT", "MALFORMED_REQUEST", message)
        case .unauthorized:
            (.unauthorized, "UNAUTHENTICATED", "INVALID_TOKEN", "a valid bearer token is required")
        case .unknownRoute(let request):
            (.notFound, "NOT_FOUND", "ROUTE_NOT_FOUND", "there is no route \(request)")
        case .failed:
            (.internalServerError, "INTERNAL", "INTERNAL", "the server failed; its log has the reason")
        }
    }

    private struct Body: Encodable {
        struct Content: Encodable {
            let status: String
            let code: Int
            let message: String
            let details: [Detail]
        }

        struct Detail: Encodable {
            let type = "ErrorInfo"
            let reason: String
            let domain: String
            let metadata: [String: String] = [:]

            enum CodingKeys: String, CodingKey {
                case type = "@type"
                case reason, domain, metadata
            }
        }

        let error: Content
    }
}

/// An error in plain text, which Walrus' HTTP framework sends for malformed requests.
struct PlainTextError: Error {
    let status: HTTPResponse.Status
    let text: String

    var response: Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text))
        )
    }
}

extension Response {
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: try Wire.encode(value)))
        )
    }
}
