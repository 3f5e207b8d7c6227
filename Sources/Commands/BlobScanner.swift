package import Contract

/// Finds blob IDs in what people paste: alone, in a sentence, in a link.
package enum BlobScanner {
    /// The IDs in `text` in their order, each once, up to five.
    ///
    /// An ID is 43 characters of its alphabet between characters that are none; three of four chance hits fall out
    /// because an ID's last two bits are zero.
    package static func blobs(in text: String) -> [BlobID] {
        var found: [BlobID] = []
        for word in text.split(whereSeparator: { !isPart($0) }) where word.count == 43 {
            guard let id = try? BlobID(word), !found.contains(id) else { continue }  // a word like any other
            found.append(id)
        }
        return Array(found.prefix(5))
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isASCII
            && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}
