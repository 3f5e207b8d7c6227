import Contract
import Foundation
package import Store

extension OutboxMessage {
    /// An outbox row that is in no database.
    package static func make(
        _ kind: Kind,
        subject: Int64? = nil,
        payload: String? = nil
    ) throws -> OutboxMessage {
        var columns: [String: Any] = [
            "id": 1, "chatID": 42, "kind": kind.rawValue, "state": "pending", "urgency": 0, "notBefore": 0,
            "tries": 0, "repeats": 0, "partsSent": 0, "createdAt": 0,
        ]
        (columns["subject"], columns["payload"]) = (subject, payload)
        let json = try JSONSerialization.data(withJSONObject: columns)
        return try JSONDecoder().decode(OutboxMessage.self, from: json)
    }
}
