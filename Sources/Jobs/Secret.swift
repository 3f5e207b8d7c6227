import Contract
import Crypto
package import Foundation

/// A token that opens something: 256 random bits, of which only the SHA-256 is kept.
package struct Secret: Sendable {
    /// The token itself, URL-safe base64, for the one who is to use it.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Draws a new token.
    package static func random(using generator: inout some RandomNumberGenerator) -> Secret {
        let words = (0..<4).map { _ in generator.next() }
        let bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
        return Secret(Base64URL.encode(bytes))
    }

    package static func random() -> Secret {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    /// What is stored and compared in the token's place.
    package var hash: Data { Data(SHA256.hash(data: Data(text.utf8))) }

    /// Whether `hash` is this token's, in a time that tells nothing.
    package func opens(_ hash: Data?) -> Bool {
        let own = self.hash
        guard let hash, hash.count == own.count else { return false }
        // Swift's | and ^ bind alike: without parentheses every 256th wrong token would open.
        return zip(own, hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
