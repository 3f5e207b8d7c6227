package import Foundation
import Contract
import Crypto

/// The secret that a publisher shares with its clients.
///
/// It signs a token for each request to store a blob.
///
/// A token is a JSON web token (RFC 7519, HS256) for one blob of a known size. A publisher accepts each token only
/// once.
package struct PublisherSecret: Sendable {
    /// The usual validity of a token in seconds.
    package static let usualLifetime = 300

    /// The validity of a token in seconds: `exp` minus `iat`.
    ///
    /// A request must begin within this time after its token was made. A publisher that was started with
    /// `--jwt-expiring-sec` accepts no other value than its own.
    package var lifetime = Self.usualLifetime

    private let key: SymmetricKey

    /// Parses the secret as it is written in a publisher's configuration: text, or `0x` and hexadecimal digits.
    ///
    /// The result is nil if the text is empty, or if `0x` is not followed by pairs of hexadecimal digits.
    package init?(_ text: String) {
        let bytes = text.hasPrefix("0x") ? [UInt8](hex: text.dropFirst(2)) : Array(text.utf8)
        guard let bytes, !bytes.isEmpty else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// Makes a token for storing one blob of `size` bytes for `epochs` epochs.
    package func token(
        size: Int,
        epochs: Int,
        now: Date = Date(),
        using generator: inout some RandomNumberGenerator
    ) throws -> String {
        let issued = Int(now.timeIntervalSince1970)
        let claims = Claims(
            exp: issued + lifetime,
            iat: issued,
            jti: Base64URL.encode((0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }),
            size: size,
            epochs: epochs
        )
        let header = Base64URL.encode(#"{"alg":"HS256","typ":"JWT"}"#.utf8)
        let message = "\(header).\(Base64URL.encode(try Wire.encode(claims)))"
        let signature = HMAC<SHA256>.authenticationCode(for: Data(message.utf8), using: key)
        return "\(message).\(Base64URL.encode(signature))"
    }

    package func token(size: Int, epochs: Int) throws -> String {
        var generator = SystemRandomNumberGenerator()
        return try token(size: size, epochs: epochs, using: &generator)
    }

    private struct Claims: Encodable {
        let exp: Int
        let iat: Int
        let jti: String
        let size: Int
        let epochs: Int
    }
}

/// Hides the secret from descriptions, dumps and mirrors.
extension PublisherSecret: CustomStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension [UInt8] {
    /// Parses pairs of hexadecimal digits; nil for any other text.
    fileprivate init?(hex text: Substring) {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
