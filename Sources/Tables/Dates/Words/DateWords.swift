/// Reads the words in dates: months, weekdays, and what stands beside them.
///
/// English words, in full or by their first three letters, are looked for first and cost least. ``DateVocabulary`` has
/// those of other languages.
enum DateWords {
    private static let months: [StaticString] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ]
    private static let weekdays: [StaticString] = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    /// Reads the name of a month: 1 to 12; nil if there is none.
    static func month(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        englishMonth(bytes, &position, end) ?? otherMonth(bytes, &position, end)
    }

    /// Reads the English name of a month: 1 to 12; nil if there is none.
    @inline(__always)
    static func englishMonth(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        guard let first = code(bytes, position, end) else { return nil }
        let month: Int? =
            switch first {
            case 0x6A616E: 1
            case 0x666562: 2
            case 0x6D6172: 3
            case 0x617072: 4
            case 0x6D6179: 5
            case 0x6A756E: 6
            case 0x6A756C: 7
            case 0x617567: 8
            case 0x736570: 9
            case 0x6F6374: 10
            case 0x6E6F76: 11
            case 0x646563: 12
            default: nil
            }
        guard let month, readRest(of: months[month - 1], bytes, &position, end) else { return nil }
        return month
    }

    /// Reads the name of a month in another language.
    @inline(never)
    private static func otherMonth(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        var next = position
        guard let word = WordKey(bytes, &next, end), let month = DateVocabulary.months[word] else {
            return nil
        }
        position = next
        return month
    }

    /// Reads the name of a weekday and the comma and blanks behind it; returns whether there is one.
    ///
    /// `mar` and a few others also name a month, so they are weekdays only where no month can stand:
    /// `monthMayStandHere` is false.
    static func skipWeekday(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ end: Int,
        monthMayStandHere: Bool
    ) -> Bool {
        if code(bytes, position, end) != nil {
            for word in weekdays {
                var next = position
                guard readRest(of: word, bytes, &next, end) else { continue }
                position = next
                return DateScanner.skipPunctuation(bytes, &position, end) > 0
            }
        }
        guard startsWord(DateScanner.byte(bytes, position, end)) else { return false }
        return skipOtherWeekday(bytes, &position, end, monthMayStandHere: monthMayStandHere)
    }

    /// Reads a weekday in another language and a word such as `den` in `Montag, den 4. März`; either may lack.
    @inline(never)
    private static func skipOtherWeekday(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ end: Int,
        monthMayStandHere: Bool
    ) -> Bool {
        var next = position
        guard let word = WordKey(bytes, &next, end) else { return false }
        let isWeekday = DateVocabulary.weekdays.contains(word)
        guard isWeekday || DateVocabulary.articles.contains(word) else { return false }
        if monthMayStandHere {
            var start = position
            guard month(bytes, &start, end) == nil else { return false }
        }
        // Portuguese: segunda-feira.
        if isWeekday { _ = DateScanner.read("-feira", bytes, &next, end) }
        guard DateScanner.skipPunctuation(bytes, &next, end) > 0 else { return false }
        position = next
        if isWeekday { _ = skipWord(in: DateVocabulary.articles, bytes, &position, end) }
        return true
    }

    /// Reads a word that is in `words` and the blanks behind it; returns whether there is one.
    @inline(never)
    static func skipWord(
        in words: Set<WordKey>,
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ end: Int
    ) -> Bool {
        var next = position
        guard let word = WordKey(bytes, &next, end), words.contains(word),
            DateScanner.skipPunctuation(bytes, &next, end) > 0
        else { return false }
        position = next
        return true
    }

    /// Reads a word for "year" behind a year and a blank, such as `г.` or `r.`, if there is one.
    @inline(never)
    static func skipYearWord(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) {
        var next = position + 1
        guard let word = WordKey(bytes, &next, end), DateVocabulary.yearWords.contains(word) else { return }
        _ = DateScanner.read(UInt8(ascii: "."), bytes, &next, end)
        position = next
    }

    /// Reads `st`, `nd`, `rd` or `th` behind the number of a day, or the ending of another language.
    @inline(__always)
    static func skipOrdinal(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) {
        guard startsWord(DateScanner.byte(bytes, position, end)) else { return }
        skipEnding(bytes, &position, end)
    }

    @inline(never)
    private static func skipEnding(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) {
        for suffix: StaticString in ["st", "nd", "rd", "th"]
        where DateScanner.read(suffix, bytes, &position, end) { return }
        // The degree sign and the two ordinal indicators: 1º de maio.
        if DateScanner.byte(bytes, position, end) == 0xC2 {
            let sign = DateScanner.byte(bytes, position + 1, end)
            if sign == 0xBA || sign == 0xAA || sign == 0xB0 { position += 2 }
            return
        }
        var next = position
        guard let word = WordKey(bytes, &next, end), DateVocabulary.ordinals.contains(word) else { return }
        position = next
    }

    /// Whether `byte` is a letter or begins one that is not in ASCII; few signs pass too.
    @inline(__always)
    static func startsWord(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") }

    /// The first three letters, in lowercase, as one number.
    @inline(__always)
    private static func code(_ bytes: Span<UInt8>, _ position: Int, _ end: Int) -> UInt32? {
        var code: UInt32 = 0
        for offset in 0..<3 {
            let byte = DateScanner.byte(bytes, position + offset, end)
            guard DateScanner.isLetter(byte) else { return nil }
            code = code << 8 | UInt32(byte | 0x20)
        }
        return code
    }

    /// Reads `word` in full, or by its first three letters (September and some weekdays: also four or five).
    ///
    /// A letter behind it, also one that is not in ASCII as in `MARÇO`, makes it another word.
    private static func readRest(
        of word: StaticString,
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ end: Int
    ) -> Bool {
        var length = 0
        while length < word.utf8CodeUnitCount {
            let letter = unsafe word.utf8Start[length]
            guard DateScanner.byte(bytes, position + length, end) | 0x20 == letter else { break }
            length += 1
        }
        let isWhole = length == word.utf8CodeUnitCount
        guard isWhole || (3...5).contains(length) else { return false }
        let next = DateScanner.byte(bytes, position + length, end)
        guard !DateScanner.isLetter(next), next < 0x80 else { return false }
        position += length
        return true
    }
}
