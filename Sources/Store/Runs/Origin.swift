package import Contract

/// Where a request came from; the answer is sent to the same place.
package struct Origin: Codable, Equatable, Sendable {
    package var chat: ChatID
    /// The forum topic in Telegram; nil if the request was made outside of one.
    package var thread: ThreadID?
    /// The message with the request; the answer replies to it.
    package var message: MessageID?
    package var user: UserID
    package var userName: String

    package init(
        chat: ChatID,
        thread: ThreadID? = nil,
        message: MessageID? = nil,
        user: UserID,
        userName: String
    ) {
        self.chat = chat
        self.thread = thread
        self.message = message
        self.user = user
        self.userName = userName
    }
}
