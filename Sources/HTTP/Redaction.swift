/// Takes secrets out of texts that people may read.
package enum Redaction {
    /// `text` with Telegram's `bot<id>:<token>` and every `Bearer` token replaced.
    package static func redact(_ text: String) -> String {
        text.replacing(/bot\d+(:|%3A)[A-Za-z0-9_\-]+/.ignoresCase(), with: "bot<redacted>")
            .replacing(/Bearer\s+[^\s"']+/.ignoresCase(), with: "Bearer <redacted>")
    }
}
