import Store

/// The sender's own name of a message; see ``TopicPost/sequence``.
enum SequenceID {
    /// Last parts of ntfy's paths, which are no names of messages.
    static let routes: Set<String> = [
        "publish", "send", "trigger", "clear", "read", "json", "sse", "raw", "ws", "auth",
    ]

    /// Returns the name if it has the form of a sequence id of ntfy.
    ///
    /// - Throws: ``WebhookError/badSequence(_:)``.
    static func check(_ text: String) throws(WebhookError) -> String {
        guard text.wholeMatch(of: /[-_A-Za-z0-9]{1,64}/) != nil else {
            throw .badSequence(text)
        }
        return text
    }
}
