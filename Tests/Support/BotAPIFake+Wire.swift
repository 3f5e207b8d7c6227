import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Requests and answers of the Bot API as they are on the wire.
extension BotAPIFake {
    static func answer(_ value: JSONValue, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(value)))
        )
    }

    static func answer(_ refusal: TelegramRefusal) throws -> Response {
        var parameters: [String: JSONValue] = [:]
        if let seconds = refusal.retryAfter { parameters["retry_after"] = .integer(Int64(seconds)) }
        if let chat = refusal.migrateTo { parameters["migrate_to_chat_id"] = .integer(chat) }
        var body: [String: JSONValue] = [
            "ok": false, "error_code": .integer(Int64(refusal.code)),
            "description": .string(refusal.description),
        ]
        if !parameters.isEmpty { body["parameters"] = .object(parameters) }
        return try answer(.object(body), status: .init(code: refusal.code))
    }

    /// The parameters of a request, in JSON or as a form.
    static func parameters(_ bytes: [UInt8], contentType: String) throws -> JSONValue {
        guard let match = contentType.firstMatch(of: /boundary=([^;\s]+)/) else {
            return bytes.isEmpty ? [:] : try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        }
        var members: [String: JSONValue] = [:]
        for part in String(decoding: bytes, as: UTF8.self).components(separatedBy: "--\(match.1)") {
            guard let name = part.firstMatch(of: /name="([^"]+)"/), let gap = part.range(of: "\r\n\r\n")
            else { continue }
            // The line end before the next boundary is one character to Swift.
            let value = String(part[gap.upperBound...].dropLast())
            if part[..<gap.lowerBound].contains("Content-Type: application/json") {
                members[String(name.1)] = try JSONDecoder().decode(JSONValue.self, from: Data(value.utf8))
                continue
            }
            let isNumber = ["chat_id", "message_thread_id"].contains(String(name.1))
            members[String(name.1)] =
                isNumber ? Int64(value).map { .integer($0) } : value == "true" ? true : .string(value)
        }
        return .object(members)
    }

    /// The bytes of the uploaded file of a form; nil if there is none.
    static func file(in bytes: [UInt8], contentType: String) -> [UInt8]? {
        guard let match = contentType.firstMatch(of: /boundary=([^;\s]+)/) else { return nil }
        let body = Data(bytes)
        guard let name = body.range(of: Data("filename=".utf8)),
            let gap = body.range(of: Data("\r\n\r\n".utf8), in: name.upperBound..<body.endIndex),
            let end = body.range(of: Data("\r\n--\(match.1)".utf8), in: gap.upperBound..<body.endIndex)
        else { return nil }
        return Array(body[gap.upperBound..<end.lowerBound])
    }
}
