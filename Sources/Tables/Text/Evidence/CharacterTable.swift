/// What each byte of a single-byte encoding means for the question whether a text is in that encoding.
struct CharacterTable {
    private let signs: [Sign]

    /// The meaning of a byte.
    enum Sign: Equatable {
        case undefined
        case control
        case blank
        case digit
        /// A letter with its frequency in texts: 3 or 4 for a usual letter, 1 or less for a rare one.
        case letter(Script, isUpper: Bool, weight: Int)
        case openingQuote
        case closingQuote
        case apostrophe
        case dash
        case ellipsis
        case currency
        /// A sign that follows a number, such as ° or ½.
        case measure
        /// A sign that precedes a word, such as ¿ or «.
        case opening
        /// A sign that tells little, such as © or •.
        case mark
        /// ASCII punctuation.
        case plain
        /// A sign that tables hardly have, such as ∂ or ─.
        case odd

        var isLetter: Bool { if case .letter = self { true } else { false } }
    }

    enum Script { case latin, cyrillic }

    subscript(byte: UInt8) -> Sign { signs[Int(byte)] }

    /// The table of `encoding`; nil if a character of it can have several bytes.
    init?(_ encoding: TextEncoding) {
        guard let upper = Self.upperHalf(encoding) else { return nil }
        signs = (0..<128).map { Sign(Unicode.Scalar(UInt8($0))) } + upper.unicodeScalars.map { Sign($0) }
    }

    /// The characters of the bytes 0x80 to 0xFF; U+FFFD for a byte without one.
    private static func upperHalf(_ encoding: TextEncoding) -> String? {
        switch encoding {
        case .windows1252: windows + latin1
        case .latin1: controls + latin1
        case .latin9: controls + latin9
        case .macRoman: macRoman
        case .windows1251: windows1251
        case .koi8R: koi8R
        default: nil
        }
    }

    private static let controls = (0x80...0x9F).map { "\(Unicode.Scalar(UInt8($0)))" }.joined()
    private static let windows = "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ"
    private static let latin1 =
        "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿" + latinLetters
    private static let latin9 =
        "\u{A0}¡¢£€¥Š§š©ª«¬\u{AD}®¯°±²³Žµ¶·ž¹º»ŒœŸ¿" + latinLetters
    private static let latinLetters =
        "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"
    private static let macRoman =
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
        + "¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"
    private static let windows1251 =
        "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї"
        + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"
    private static let koi8R =
        "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u{A0}⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©"
        + "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"
}

extension CharacterTable.Sign {
    private static let usualLatin = Set("àáâãäåæçèéêëíîïñóôõöøœúûüß".unicodeScalars)
    private static let usualCyrillic = Set("оеаинтсрвлк".unicodeScalars)
    private static let otherCyrillic = Set("мдпуяыьгзбчйх".unicodeScalars)

    /// The meaning of `scalar` in a table.
    fileprivate init(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "a"..."z", "A"..."Z": self = .letter(.latin, isUpper: scalar.value < 0x60, weight: 3)
        case "0"..."9": self = .digit
        case " ", "\t", "\n", "\r", "\u{A0}": self = .blank
        case "\u{FFFD}", "\u{F8FF}": self = .undefined
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": self = .control
        case "!"..."~": self = .plain
        case "“", "‘", "„", "‚": self = .openingQuote
        case "”": self = .closingQuote
        case "’": self = .apostrophe
        case "–", "—": self = .dash
        case "…": self = .ellipsis
        case "€", "£", "¥", "¢": self = .currency
        case "°", "²", "³", "½", "¼", "¾", "º", "ª", "‰", "±", "×": self = .measure
        case "¿", "¡", "«", "µ", "№": self = .opening
        case "»", "©", "®", "™", "•", "·", "§": self = .mark
        default: self = Self.letter(scalar) ?? .odd
        }
    }

    private static func letter(_ scalar: Unicode.Scalar) -> Self? {
        let properties = scalar.properties
        guard properties.isUppercase || properties.isLowercase, !"ƒπΩﬁﬂı".unicodeScalars.contains(scalar)
        else {
            return nil
        }
        let lower = properties.lowercaseMapping.unicodeScalars.first ?? scalar
        switch scalar.value {
        case 0x400...0x4FF:
            let weight = usualCyrillic.contains(lower) ? 4 : otherCyrillic.contains(lower) ? 2 : -1
            return .letter(.cyrillic, isUpper: properties.isUppercase, weight: weight)
        case 0xC0...0x17F:
            let weight = usualLatin.contains(lower) ? 3 : 1
            return .letter(.latin, isUpper: properties.isUppercase, weight: weight)
        default: return nil
        }
    }
}
