/// Removes secrets from texts that are shown to people or logged.
package enum Redaction {
    /// Replaces bot tokens, bearer tokens, JSON web tokens, and user names and passwords in URLs by `<redacted>`.
    package static func redact(_ text: String) -> String {
        text
            .replacing(/bot[0-9]+(:|%3[Aa])[A-Za-z0-9_-]+/) { _ in "bot<redacted>" }
            .replacing(/(?i)bearer[ \t]+[^\s"',;]+/) { _ in "Bearer <redacted>" }
            .replacing(/eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/) { _ in "<redacted>" }
            .replacing(/:\/\/[^\/\s@]+@/) { _ in "://<redacted>@" }
    }
}
