/// How the numbers of one column are written: its marks, its unit, and which signs may stand around the digits.
///
/// Each cell is read strictly: a cell in another notation is no number, so that `1,050` is never read as 1.05 by chance.
/// All notations accept a plus or minus sign, also U+2212 and an en dash, and blanks around the cell.
package struct NumberNotation: Equatable, Hashable, Sendable {
    package enum DecimalMark: String, Codable, Sendable {
        case point, comma

        var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
    }

    /// The mark between the groups of digits.
    package enum Grouping: String, Codable, Sendable {
        case none, comma, point
        /// A space, a no-break space (U+00A0), a thin space (U+2009) or a narrow no-break space (U+202F).
        case blank
        /// An apostrophe or U+2019, as in Switzerland.
        case apostrophe
    }

    package var decimal = DecimalMark.point
    package var grouping = Grouping.none
    /// Whether the groups before the last three digits have two digits, as in India: 12,34,567.
    package var groupsByTwo = false
    /// Whether some numbers from 1000 are written without groups.
    package var groupsAreOptional = false
    /// The text before the digits, such as "$", without blanks around it.
    package var prefix = ""
    package var prefixIsOptional = false
    /// The text behind the digits, such as "kg" or "%", without blanks around it.
    ///
    /// It does not change the value: 63% is 63.
    package var suffix = ""
    /// Another form of ``suffix`` that some cells have: "year" beside "years".
    package var singular = ""
    package var suffixIsOptional = false
    /// Whether parentheses stand for a minus sign, as in accounting: (1,234).
    package var hasParentheses = false
    /// Whether some cells end in a footnote sign, such as `*`, `†`, `[1]` or a superscript.
    package var hasFootnotes = false

    /// A decimal point and nothing else: the notation that needs no words.
    package static let plain = NumberNotation()

    package init() {}

    init(decimal: DecimalMark, grouping: Grouping, groupsByTwo: Bool = false) {
        self.decimal = decimal
        self.grouping = grouping
        self.groupsByTwo = groupsByTwo
    }
}

extension NumberNotation: CustomStringConvertible {
    /// The notation for people, such as "thousands with commas, dollars before".
    package var description: String {
        var parts: [String] = []
        if let groups { parts.append(groups) }
        if decimal == .comma { parts.append("decimal comma") }
        if !prefix.isEmpty { parts.append("\(Self.names[prefix] ?? prefix) before") }
        if suffix == "%" {
            parts.append("percent")
        } else if !suffix.isEmpty {
            parts.append("\(Self.names[suffix] ?? suffix) behind")
        }
        if hasParentheses { parts.append("parentheses for minus") }
        if hasFootnotes { parts.append("some footnote signs") }
        return parts.isEmpty ? "plain numbers" : parts.joined(separator: ", ")
    }

    private var groups: String? {
        switch grouping {
        case .none: nil
        case .comma where groupsByTwo: "lakhs with commas"
        case .comma: "thousands with commas"
        case .point: "thousands with points"
        case .blank: "thousands with blanks"
        case .apostrophe: "thousands with apostrophes"
        }
    }

    private static let names = [
        "$": "dollars", "US$": "dollars", "USD": "dollars", "€": "euros", "EUR": "euros", "£": "pounds",
        "GBP": "pounds", "¥": "yen", "JPY": "yen", "₹": "rupees", "INR": "rupees", "₽": "roubles",
        "~": "about signs", "≈": "about signs", "+": "plus signs",
    ]
}
