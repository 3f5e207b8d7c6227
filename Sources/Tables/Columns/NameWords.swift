/// The words of a column's name, in lower case: `LoanAmount_Term` has loan, amount and term.
struct NameWords {
    let words: [String]

    init(_ name: String) {
        var (words, word, previous): ([String], String, Character?) = ([], "", nil)
        for character in name {
            let isLetter = character.isLetter || character.isNumber
            let begins = character.isUppercase && previous.map { $0.isLowercase } ?? false
            if !isLetter || begins, !word.isEmpty {
                words.append(word)
                word = ""
            }
            if isLetter { word += character.lowercased() }
            previous = character
        }
        if !word.isEmpty { words.append(word) }
        self.words = words
    }
}
