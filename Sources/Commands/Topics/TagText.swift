/// The tags of a post.
///
/// Tags that are names of emoji are shown as emoji, other tags as words.
enum TagText {
    static func pictures(of tags: [String]) -> [String] { tags.compactMap { EmojiTable.emoji[$0] } }
    static func words(of tags: [String]) -> [String] { tags.filter { EmojiTable.emoji[$0] == nil } }
}
