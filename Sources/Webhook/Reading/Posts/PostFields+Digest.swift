import Crypto
import Foundation
import Jobs

extension PostFields {
    /// SHA-256 of all that was posted, by which a post that is sent again is told from another one.
    var digest: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            var hash = SHA256()
            // The topic's name may change between two tries.
            var words = self
            // The name on the disk is another one at each try.
            words.stored = nil
            hash.update(data: try encoder.encode(words.post(to: "")))
            hash.update(data: try encoder.encode([delay, file?.name ?? filename, file?.type]))
            hash.update(data: stored?.digest ?? Data())
            return Data(hash.finalize())
        }
    }

    /// The fields with the topic's secret hidden, if the message is JSON that holds it.
    ///
    /// People paste such JSON from scripts that post to the root, and everyone in the chat would see the address.
    func hiding(_ secret: String) -> Self {
        guard let message, message.hasPrefix("{") || message.hasPrefix("["),
            Data(message.utf8).range(of: Data(secret.utf8)) != nil
        else { return self }
        var hidden = self
        hidden.message = message.replacingOccurrences(of: secret, with: "…")
        return hidden
    }
}
