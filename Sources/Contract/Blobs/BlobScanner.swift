/// Finds blob IDs in what people paste: alone, in a sentence, in a link.
package enum BlobScanner {
    /// The IDs in `text`, in their order, each once.
    ///
    /// An ID is a word of 43 letters, digits, - or _. Three of four words of that length are no ID by chance, because the
    /// last two bits of an ID are zero. A number of 70 to 78 digits is an ID as explorers of Sui show it.
    package static func blobs(in text: String) -> [BlobID] {
        var found: [BlobID] = []
        for word in text.split(whereSeparator: { !isPart($0) }) {
            guard let id = id(word), !found.contains(id) else { continue }
            found.append(id)
        }
        return found
    }

    /// The ID that the word is: as Walrus writes it, or as Sui does, a long number.
    private static func id(_ word: Substring) -> BlobID? {
        switch word.count {
        case 43: try? BlobID(word)  // Else an ordinary word.
        case 70...78: BlobID(decimal: word)
        default: nil
        }
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isASCII
            && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}
