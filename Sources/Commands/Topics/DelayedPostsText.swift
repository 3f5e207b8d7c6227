import Foundation
import Store
import Telegram

/// Texts about posts that are kept until a later time.
enum DelayedPostsText {
    /// The most posts that a list shows.
    static let mostShown = 10
    /// The most characters of a post that a list shows.
    private static let mostCharacters = 40

    /// Adds the next posts, of `total`, to the list of addresses, each with a button if the reader may cancel it.
    static func add(_ delayed: [DelayedPost], of total: Int, to list: Answer, canCancel: Bool) -> Answer {
        guard !delayed.isEmpty else { return list }
        var list = list
        list.text += "\n\n" + .bold("Posts for later") + " (times in UTC)"
        for (number, post) in delayed.enumerated() { list.text += line(number + 1, post) }
        if total > delayed.count { list.text += .plain("\n… and \(total - delayed.count) more") }
        guard canCancel else { return list }
        let rows = delayed.enumerated().map { number, post in
            [InlineButton.action("✖ Cancel \(number + 1)", .cancelPost(post.id))]
        }
        list.keyboard = InlineKeyboard((list.keyboard?.rows ?? []) + rows)
        return list
    }

    private static func line(_ number: Int, _ delayed: DelayedPost) -> HTMLText {
        let post = delayed.post
        let start = ShownName.line(post.title ?? post.text, limit: mostCharacters, nameless: "(no text)")
        return .plain("\n\(number). ⏰ \(Moment.dayAndMinute.string(from: delayed.dueAt)) · ")
            + .bold(post.topic) + .plain(" · \(start)")
    }

    static let cancelled = "Cancelled: it will not be sent."
    static let tooLate = "This post was sent or cancelled before."
}
