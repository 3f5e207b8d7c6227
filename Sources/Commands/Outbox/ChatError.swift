package import Contract

/// Why a message was not delivered; each case has its own handling in the courier.
package enum ChatError: Error, Equatable {
    /// The chat service asks the bot to send nothing to this chat for this time.
    case wait(Duration)
    /// The group became a supergroup with this id.
    case moved(to: ChatID)
    /// The message to edit does not exist any more.
    case gone
    /// The chat has blocked or removed the bot.
    case unwelcome(String)
    /// The message was not delivered; a later try may succeed.
    case tryLater(String)
    /// The message may have been delivered.
    case unknownFate(String)
    /// The message was refused, and another try would be refused too.
    case refused(String)
}
