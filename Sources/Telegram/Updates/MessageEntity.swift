/// A part of a text with a meaning of its own, such as a link behind words.
package struct MessageEntity: Decodable, Equatable, Sendable {
    package let type: String
    /// In UTF-16 units, like `length`.
    package let offset: Int
    package let length: Int
    /// What the words link to; only for the type `text_link`.
    package let url: String?
    /// The person or bot whom the words mention; only for the type `text_mention`.
    package let user: User?
}

extension String {
    /// The text of the entity; nil if the entity reaches beyond the text.
    package func range(of entity: MessageEntity) -> Range<String.Index>? {
        guard entity.offset >= 0, entity.length > 0,
            let start = utf16.index(utf16.startIndex, offsetBy: entity.offset, limitedBy: utf16.endIndex),
            let end = utf16.index(start, offsetBy: entity.length, limitedBy: utf16.endIndex)
        else { return nil }
        return start..<end
    }
}
