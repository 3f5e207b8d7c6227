/// How much is kept for chats that cannot be written to.
package struct KeptLimits: Sendable {
    /// The most posts that are kept for one chat.
    package var posts: Int
    /// How long a message is kept, in days.
    package var days: Int

    package init(posts: Int = 1_000, days: Int = 7) {
        (self.posts, self.days) = (posts, days)
    }
}
