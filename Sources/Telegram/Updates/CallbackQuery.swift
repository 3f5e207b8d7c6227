package import Contract

/// The press of a button.
package struct CallbackQuery: Decodable, Equatable, Sendable {
    /// The message with the button.
    ///
    /// Telegram leaves out the content of an old message.
    package struct Source: Decodable, Equatable, Sendable {
        package let chat: Chat
        package let messageId: MessageID
        package let messageThreadId: ThreadID?
        package let isTopicMessage: Bool?
        package let directMessagesTopic: DirectMessagesTopic?

        /// See ``Message/topic``.
        package var topic: ThreadID? {
            directMessagesTopic?.thread ?? (isTopicMessage == true ? messageThreadId : nil)
        }
    }

    package let id: String
    package let from: User
    package let message: Source?
    package let data: String?
}
