package import Foundation
import Contract
import Crypto

/// The secret that a publisher shares with those who may store, and what is signed with it: a token per put.
///
/// A token is a JSON web token (RFC 7519, HS256) for one blob of a known size; a publisher takes it once.
package struct PublisherSecret: Sendable {
    /// How long a token opens, in seconds: long enough for a put to begin.
    private static let lifetime = 300

    private let key: SymmetricKey

    /// Reads the secret as a publisher's operator wrote it: text, or hexadecimal digits behind `0x`.
    ///
    /// Nil where it is empty, or has `0x` but no pairs of digits behind it.
    package init?(_ text: String) {
        let bytes = text.hasPrefix("0x") ? [UInt8](hex: text.dropFirst(2)) : Array(text.utf8)
        guard let bytes, !bytes.isEmpty else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// A new token for one put of `size` bytes for `epochs` epochs.
    package func token(
        size: Int,
        epochs: Int,
        now: Date = Date(),
        using generator: inout some RandomNumberGenerator
    ) throws -> String {
        let issued = Int(now.timeIntervalSince1970)
        let claims = Claims(
            exp: issued + Self.lifetime,
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

/// Whoever prints it by accident prints nothing.
extension PublisherSecret: CustomStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension [UInt8] {
    /// The bytes behind pairs of hexadecimal digits; nil for anything else.
    fileprivate init?(hex text: Substring) {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
