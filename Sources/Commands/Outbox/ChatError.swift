package import Contract

/// Why a message was not delivered; each case has its own handling in the courier.
package enum ChatError: Error, Equatable {
    /// The chat service asks the bot to send nothing to this chat for this time.
    case wait(Duration)
    /// The group became a supergroup with this id.
    case moved(to: ChatID)
    /// The message to edit does not exist any more.
    case gone
    /// The chat takes no messages of the bot now: mute it, and keep its messages.
    case unwelcome(String)
    /// The forum topic takes no messages now: mute the topic, and keep its messages.
    case topicClosed(String)
    /// The chat takes other messages, but not this one: keep it, and try again after growing waits.
    case notNow(String)
    /// The chat takes no files or pictures now: send the text, or keep the message as after ``notNow(_:)``.
    case noFiles(String)
    /// The message was not delivered; a later try may succeed.
    case tryLater(String)
    /// The message may have been delivered.
    case unknownFate(String)
    /// The message was refused, and every other try would be refused too.
    case refused(String)
}
