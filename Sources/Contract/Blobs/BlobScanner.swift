/// Finds blob IDs in text that people paste, such as a sentence or a link.
package enum BlobScanner {
    /// The IDs in `text`, in order, without repeats.
    ///
    /// An ID is a word of 43 letters, digits, - or _ whose last two bits are zero. Among random words of this length,
    /// three of four do not end with two zero bits and are ignored. A number of 70 to 78 digits is an ID in the decimal
    /// form that Sui's explorers show.
    package static func blobs(in text: String) -> [BlobID] {
        var found: [BlobID] = []
        for word in text.split(whereSeparator: { !isPart($0) }) {
            guard let id = id(word), !found.contains(id) else { continue }
            found.append(id)
        }
        return found
    }

    /// Parses a word as an ID in Walrus's form or in Sui's decimal form.
    private static func id(_ word: Substring) -> BlobID? {
        switch word.count {
        case 43: try? BlobID(word)  // A word of 43 characters that is not an ID is ordinary text.
        case 70...78: BlobID(decimal: word)
        default: nil
        }
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isASCII
            && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}
