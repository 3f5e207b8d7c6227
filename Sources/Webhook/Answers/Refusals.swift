import Contract
import HTTPTypes
import Hummingbird
import NIOHTTPTypes

extension Response {
    /// A response whose body is `value` as JSON, encoded by ``Wire``.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let bytes = try Wire.encode(value)
        return Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// The response to a refused request: a ``Refusal`` as JSON, with the headers of its status.
    static func refusal(_ error: WebhookError) throws -> Response {
        var response = try refusal(error.status, code: error.code, message: error.description)
        if let seconds = error.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
        return response
    }

    static func refusal(_ status: HTTPResponse.Status, code: String, message: String) throws -> Response {
        var response = try json(Refusal(code: code, message: message), status: status)
        // RFC 9110, 11.6.1: 401 names how to authorise.
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}

extension HTTPResponsePart {
    /// The parts of a refusal to which no route was asked; the connection is closed after it.
    static func refusal(_ error: WebhookError) -> [HTTPResponsePart] {
        let body = ByteBuffer(bytes: (try? Wire.encode(Refusal(error))) ?? [])
        var head = HTTPResponse(
            status: error.status,
            headerFields: [
                .contentType: "application/json", .contentLength: "\(body.readableBytes)",
                .connection: "close",
            ]
        )
        if let seconds = error.retryAfter { head.headerFields[.retryAfter] = "\(seconds)" }
        return [.head(head), .body(body), .end(nil)]
    }
}

extension Refusal {
    init(_ error: WebhookError) { self.init(code: error.code, message: error.description) }
}
