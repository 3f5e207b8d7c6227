/// Why the texts of a column are no categories.
enum TextKind {
    case links, freeText, names, units, notation

    private static let sampleSize = 200
    /// Of a text, this many characters are looked at.
    private static let sampleLength = 1_000

    init(_ texts: [String]) {
        let sample = texts.prefix(Self.sampleSize).map { $0.prefix(Self.sampleLength) }
        let links = sample.count {
            $0.hasPrefix("http://") || $0.hasPrefix("https://") || $0.hasPrefix("www.")
        }
        let words = sample.reduce(0) { $0 + $1.split(separator: " ").count }
        let units = sample.count { text in
            (text.first?.isNumber ?? false) && (text.last?.isLetter ?? false) && text.count <= 12
        }
        let digits = sample.count { text in
            (text.first.map { $0.isNumber || $0.isPunctuation } ?? false)
                && 2 * text.count { $0.isNumber } >= text.count
        }
        if 2 * links > sample.count {
            self = .links
        } else if 10 * units > 9 * sample.count {
            self = .units
        } else if 10 * digits > 9 * sample.count {
            self = .notation
        } else {
            self = words > 4 * sample.count ? .freeText : .names
        }
    }

    var reason: String {
        switch self {
        case .links: "it has links"
        case .freeText: "it has free text"
        case .units: "its numbers have different units"
        case .notation: "its cells look like dates or numbers, but not in one notation that is known"
        case .names: "most of its texts are different, so they name rows"
        }
    }
}
