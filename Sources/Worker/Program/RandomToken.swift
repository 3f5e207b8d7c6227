import Contract

/// Secrets that a worker makes: lease tokens and enrolment tokens.
enum RandomToken {
    /// 32 random bytes as URL-safe base64, 43 characters.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64URL.encode((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
}
