import Foundation

/// What a post to a topic says, whatever form it came in.
enum NotificationBody {
    /// The message of `{"message": …}`, also where the old `do-notify` built it without escaping, else the body itself.
    ///
    /// JSON of any other form stands as it is; a body that is not UTF-8 is repaired.
    static func text(of bytes: [UInt8]) -> String {
        let body = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let message = strict(bytes) ?? salvaged(body) ?? body
        return message.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func strict(_ bytes: [UInt8]) -> String? {
        struct Envelope: Decodable {
            let message: String
        }
        // Not JSON, or not of this form: the other readings follow.
        return try? JSONDecoder().decode(Envelope.self, from: Data(bytes)).message
    }

    /// `{"message": "{"newlyCreated":…}"}` is no JSON, but it is clear what was meant.
    private static func salvaged(_ body: String) -> String? {
        guard let match = body.wholeMatch(of: /\{\s*"message"\s*:\s*"(?<inner>.*)"\s*\}/.dotMatchesNewlines())
        else {
            return nil
        }
        return String(match.inner)
    }
}
