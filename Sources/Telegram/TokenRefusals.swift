/// Counts how often and for how long Telegram has refused the bot's token.
///
/// A server or proxy in trouble answers 401 or 404 for a moment, as Telegram does for ever to a revoked token. Only time
/// tells the two apart.
struct TokenRefusals {
    /// The number of refusals in a row after which a token that was never accepted counts as wrong.
    ///
    /// With the waits between polls that is about half a minute: the owner who mistyped it looks at the screen.
    private static let limitForNewToken = 6
    /// The smallest number of refusals in a row after which a token that was accepted counts as revoked.
    private static let limit = 10
    /// The shortest time of these refusals.
    private static let patience = Duration.seconds(300)

    private var count = 0
    private var waited = Duration.zero
    private var wasAccepted = false

    /// Telegram accepted the token.
    mutating func accept() { (count, waited, wasAccepted) = (0, .zero, true) }

    /// Counts a refusal; returns true if the token counts as wrong or revoked now.
    mutating func refuse() -> Bool {
        count += 1
        return wasAccepted ? count >= Self.limit && waited >= Self.patience : count >= Self.limitForNewToken
    }

    /// Counts the wait before the next poll.
    mutating func wait(_ time: Duration) { waited += time }
}
