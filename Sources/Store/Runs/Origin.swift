package import Contract

/// Where a request came from, and so where its answer goes.
package struct Origin: Codable, Equatable, Sendable {
    package var chat: ChatID
    /// The topic of the forum, where the chat has topics.
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
