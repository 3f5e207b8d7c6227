import Foundation
import Store

/// The file with posts that came while their chat could not be written to, in the order in which they came.
struct PostsFile {
    private(set) var bytes: [UInt8] = []
    /// The longest text of a post, in characters.
    private let longest: Int

    /// The size of all posts up to which none is cut, in bytes.
    ///
    /// Each post may be as long as `OKAI_BODY_LIMIT`, and Telegram takes no file above 50 MB.
    private static let largest = 16 << 20

    /// A file for this number of posts, which have this size in bytes.
    init(_ size: (posts: Int, bytes: Int)) {
        // A character has up to four bytes.
        longest = size.bytes > Self.largest ? Self.largest / max(1, size.posts) / 4 : .max
    }

    /// Adds the post, which came at this time.
    mutating func add(_ post: TopicPost, at time: Date) {
        let head = "\(Moment.dayAndTime.string(from: time)) UTC  \(post.topic)"
        let text = cut(post.text) + (post.link.map { "\n\($0)" } ?? "")
        let lines = [head, post.title, text].compactMap(\.self)
        bytes += Array("\(bytes.isEmpty ? "" : "\n")\(lines.joined(separator: "\n"))\n".utf8)
    }

    private func cut(_ text: String) -> String {
        let head = text.prefix(longest)
        return head.endIndex == text.endIndex
            ? text : "\(head)… (\(Phrase.count(text.count - longest, "character")) left out)"
    }
}
