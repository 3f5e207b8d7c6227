package import Contract

/// Finds blob IDs in what people paste: alone, in a sentence, in a link.
package enum BlobScanner {
    /// The IDs in `text` in their order, each once.
    ///
    /// An ID is 43 characters of its alphabet between characters that are none; three of four chance hits fall out
    /// because an ID's last two bits are zero. Numbers of 70 digits and more are IDs as explorers of Sui show them.
    package static func blobs(in text: String) -> [BlobID] {
        var found: [BlobID] = []
        for word in text.split(whereSeparator: { !isPart($0) }) {
            guard let id = id(word), !found.contains(id) else { continue }
            found.append(id)
        }
        return found
    }

    /// The ID that the word is, as Walrus writes it or, a long number, as Sui does.
    private static func id(_ word: Substring) -> BlobID? {
        switch word.count {
        case 43: try? BlobID(word)  // a word like any other
        case 70...78: BlobID(decimal: word)
        default: nil
        }
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isASCII
            && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}
