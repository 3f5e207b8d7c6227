package import Contract

/// The runs that `/cancel` cancels.
package enum CancelRequest: Equatable, Sendable {
    /// The only open run of the chat; if there are several, the bot asks which.
    case choose
    /// At least one run.
    case runs([RunID])
    /// Every open run that the person has started in this chat.
    case own
    /// Every open run of this chat, whoever has started it.
    case everybodys
}

/// The runs that `/retry` starts again.
package enum RetryRequest: Equatable, Sendable {
    /// The latest run of the chat that has ended.
    case latest
    /// At least one run.
    case runs([RunID])
    /// Every run that the person has started in this chat, that failed, and that was not started again since.
    case failed
}
