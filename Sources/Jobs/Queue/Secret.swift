import Contract
import Crypto
package import Foundation

/// A token that grants access; the database has only its SHA-256.
package struct Secret: Sendable {
    /// The token itself.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Makes a new token: 256 random bits in URL-safe base64.
    package static func random(using generator: inout some RandomNumberGenerator) -> Secret {
        let words = (0..<4).map { _ in generator.next() }
        let bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
        return Secret(Base64URL.encode(bytes))
    }

    package static func random() -> Secret {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    /// SHA-256 of the token, which is stored and compared instead of the token.
    package var hash: Data { Data(SHA256.hash(data: Data(text.utf8))) }

    /// Whether `hash` is the hash of this token; the comparison takes constant time.
    package func opens(_ hash: Data?) -> Bool {
        let own = self.hash
        guard let hash, hash.count == own.count else { return false }
        // In Swift, | and ^ have the same precedence. Without the parentheses, one in 256 wrong tokens would open.
        return zip(own, hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
