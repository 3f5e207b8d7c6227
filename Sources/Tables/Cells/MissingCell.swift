/// Whether a cell is a usual notation of a missing value.
enum MissingCell {
    case present
    /// Empty, or a notation that means nothing else: `?`, `-`, `NaN`, `N/A`, `#VALUE!`, `\N`, and the like.
    case missing
    /// `NA`, `None` or `null`, in any case: no number, but among texts it may be a category (Namibia, "no alley").
    case word

    init(_ field: CSVField, _ bytes: Span<UInt8>) {
        let isMissing =
            switch field.count {
            case 0: true
            case 1: field.equals("?", bytes) || field.equals("-", bytes) || field.equals(".", bytes)
            case 2: field.equals("--", bytes) || field.equals("\\N", bytes)
            case 3:
                field.reads("nan", bytes) || field.reads("n/a", bytes) || field.reads("#na", bytes)
                    || field.equals("NaT", bytes)
            case 4: field.reads("#n/a", bytes) || field.reads("<na>", bytes) || field.reads("-nan", bytes)
            case 5: field.reads("#ref!", bytes) || field.reads("#num!", bytes)
            case 6:
                field.reads("1.#ind", bytes) || field.reads("#null!", bytes) || field.reads("#name?", bytes)
            case 7:
                field.reads("-1.#ind", bytes) || field.reads("1.#qnan", bytes)
                    || field.reads("#value!", bytes) || field.reads("#div/0!", bytes)
            case 8: field.reads("-1.#qnan", bytes) || field.reads("#n/a n/a", bytes)
            default: false
            }
        self = isMissing ? .missing : Self.isWord(field, bytes) ? .word : .present
    }

    /// Whether `text` is `NA`, `None` or `null`.
    static func isWord(_ text: String) -> Bool {
        let bytes: [UInt8] = Array(text.utf8)
        return MissingCell(CSVField(start: 0, end: bytes.count), bytes.span) == .word
    }

    private static func isWord(_ field: CSVField, _ bytes: Span<UInt8>) -> Bool {
        switch field.count {
        case 2: field.reads("na", bytes)
        case 4: field.reads("null", bytes) || field.reads("none", bytes)
        default: false
        }
    }
}

extension CSVField {
    /// Whether the field's bytes are those of `word`, which has the same length.
    fileprivate func equals(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
        matches(word, bytes, ignoring: 0)
    }

    /// Whether the field is `word` in upper, lower or mixed case; `word` is lowercase and has the same length.
    fileprivate func reads(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
        matches(word, bytes, ignoring: 0x20)
    }

    private func matches(_ word: StaticString, _ bytes: Span<UInt8>, ignoring bit: UInt8) -> Bool {
        for offset in 0..<count {
            let letter = unsafe word.utf8Start[offset]
            if bytes[start + offset] | bit != letter | bit { return false }
        }
        return true
    }
}
