import Jobs
import Store
import Telegram

/// Renders posts: their text and buttons, or the words that take their place when the sender has ended them.
struct PostRendering {
    let policy: ChatPolicy

    /// The largest file that Telegram takes as a picture, in bytes (core.telegram.org/bots/api#sendphoto).
    private static let largestPicture = 10 << 20

    func message(_ post: TopicPost) -> RenderedMessage {
        var rendered: RenderedMessage
        switch post.ending {
        case nil:
            rendered = RenderedMessage(
                TopicsText.post(post),
                TopicsText.buttons(for: post, policy: policy)
            )
        case .cleared:
            rendered = RenderedMessage(
                TopicsText.post(post) + "\n" + .italic("✓ cleared"),
                TopicsText.buttons(for: post, policy: policy)
            )
        case .deleted:
            rendered = RenderedMessage(
                .plain("🗑 ") + .bold(post.topic) + "\n" + .italic("Deleted by its sender.")
            )
        }
        rendered.editsCaption = post.isCaption == true
        rendered.onlyEdits = post.ending != nil
        if post.ending != .deleted { rendered.diskFile = file(of: post) }
        return rendered
    }

    private func file(of post: TopicPost) -> RenderedMessage.DiskFile? {
        guard let attachment = post.attachment, let stored = attachment.storedName,
            let path = policy.attachments?.path(of: stored)
        else { return nil }
        let isPicture =
            attachment.type?.hasPrefix("image/") == true && attachment.size ?? 0 <= Self.largestPicture
        return .init(name: attachment.name ?? "attachment", path: path, isPicture: isPicture)
    }
}
