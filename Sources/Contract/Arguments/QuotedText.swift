/// Text in which quotes make blanks, commas, `=` and colons a part of a name, as in `target="Sale Price"`.
///
/// A quote opens at the beginning of the text and behind a separator: a blank, a comma, `=` or a colon. Anywhere else it
/// is a character like any other, as in `5'` and `O'Brien`. The quote that closes stands before a separator or the end.
/// Inside quotes, two closing quotes are one quote of the name.
package struct QuotedText: Equatable, Sendable {
    private struct Mark: Equatable, Sendable {
        let scalar: Unicode.Scalar
        /// Whether the scalar is inside quotes, or is one of the two quotes.
        let isQuoted: Bool
    }

    // Scalars, not characters: an accent behind a quote would make one character of both.
    private let marks: ArraySlice<Mark>

    private init(_ marks: ArraySlice<Mark>) { self.marks = marks }

    /// No text.
    init() { marks = [] }

    /// - Throws: ``ArgumentError`` if a quote is not closed.
    package init(_ text: some StringProtocol) throws(ArgumentError) {
        let scalars = Array(text.unicodeScalars)
        var marks: [Mark] = []
        while marks.count < scalars.count {
            let start = marks.count
            let opens =
                (start == 0 || Self.isSeparator(scalars[start - 1])) && Self.closing[scalars[start]] != nil
            let end = opens ? try Self.close(scalars, from: start) : start
            marks += scalars[start...end].map { Mark(scalar: $0, isQuoted: opens) }
        }
        self.marks = marks[...]
    }

    /// The quotes that open, each with the quotes that can close it; phones replace straight quotes by the others.
    private static let closing: [Unicode.Scalar: String.UnicodeScalarView] = [
        "\"": "\"".unicodeScalars, "“": "”“\"".unicodeScalars, "”": "”\"".unicodeScalars,
        "„": "“”\"".unicodeScalars, "«": "»".unicodeScalars, "»": "«»".unicodeScalars,
        "'": "'".unicodeScalars, "‘": "’‘'".unicodeScalars, "’": "’'".unicodeScalars,
        "‚": "‘’'".unicodeScalars,
    ]

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "," || scalar == "=" || scalar == ":"
    }

    /// The index of the quote that closes the one at `start`.
    private static func close(_ scalars: [Unicode.Scalar], from start: Int) throws(ArgumentError) -> Int {
        let closing = closing[scalars[start]] ?? String.UnicodeScalarView()
        var index = start + 1
        while index < scalars.count {
            guard closing.contains(scalars[index]) else {
                index += 1
                continue
            }
            guard index + 1 < scalars.count, !isSeparator(scalars[index + 1]) else { return index }
            index += scalars[index + 1] == scalars[index] ? 2 : 1
        }
        var rest = String.UnicodeScalarView()
        rest.append(contentsOf: scalars[start...].prefix(24))
        throw ArgumentError(
            "the quote at the beginning of \(String(rest)) is not closed; "
                + "put a quote at the end of the name too, as in target=\"Sale Price\""
        )
    }
}

extension QuotedText {
    package var isEmpty: Bool { marks.isEmpty }

    /// The text as it was written, with quotes.
    package var written: String { Self.string(marks) }

    /// The text without the quotes around it.
    package var name: String {
        guard let first = marks.first, marks.allSatisfy(\.isQuoted) else { return written }
        let closing = Self.closing[first.scalar] ?? String.UnicodeScalarView()
        var name: [Mark] = []
        var isSecond = false
        for mark in marks.dropFirst().dropLast() {
            isSecond = !isSecond && name.last == mark && closing.contains(mark.scalar)
            if !isSecond { name.append(mark) }
        }
        return Self.string(name[...])
    }

    /// Whether the text contains `scalar` outside of quotes.
    package func contains(_ scalar: Unicode.Scalar) -> Bool {
        marks.contains { !$0.isQuoted && $0.scalar == scalar }
    }

    /// The parts between separators that are outside of quotes; a part may be empty.
    package func split(where isSeparator: (Unicode.Scalar) -> Bool) -> [QuotedText] {
        marks.split(omittingEmptySubsequences: false) { !$0.isQuoted && isSeparator($0.scalar) }
            .map(QuotedText.init)
    }

    /// The parts before and behind the first `scalar` outside of quotes; nil if there is none.
    package func cut(atFirst scalar: Unicode.Scalar) -> (QuotedText, QuotedText)? {
        cut(at: marks.firstIndex { !$0.isQuoted && $0.scalar == scalar })
    }

    /// The parts before and behind the last `scalar` outside of quotes; nil if there is none.
    package func cut(atLast scalar: Unicode.Scalar) -> (QuotedText, QuotedText)? {
        cut(at: marks.lastIndex { !$0.isQuoted && $0.scalar == scalar })
    }

    private func cut(at index: Int?) -> (QuotedText, QuotedText)? {
        index.map { (QuotedText(marks[..<$0]), QuotedText(marks[($0 + 1)...])) }
    }

    /// This text, a comma and another text.
    func appending(_ other: QuotedText) -> QuotedText {
        QuotedText(marks + [Mark(scalar: ",", isQuoted: false)] + other.marks)
    }

    /// The elements of a list with commas, without the blanks around them; empty elements are left out.
    var elements: [QuotedText] {
        split { $0 == "," }.map(\.trimmed).filter { !$0.isEmpty }
    }

    /// The text without blanks at its ends.
    private var trimmed: QuotedText {
        func isBlank(_ mark: Mark) -> Bool { !mark.isQuoted && mark.scalar.properties.isWhitespace }
        let rest = marks.drop(while: isBlank)
        return QuotedText(rest.lastIndex { !isBlank($0) }.map { rest[...$0] } ?? [])
    }

    private static func string(_ marks: ArraySlice<Mark>) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: marks.lazy.map(\.scalar))
        return String(scalars)
    }

    /// Writes a name so that ``name`` gives it back: in quotes if it has a separator or begins with a quote.
    package static func quoted(_ name: String) -> String {
        let scalars = name.unicodeScalars
        let isPlain = scalars.first.map { closing[$0] == nil } ?? false
        if isPlain, !scalars.contains(where: isSeparator) { return name }
        // Not by characters, which may join a quote and an accent behind it.
        let inner = scalars.flatMap { $0 == "\"" ? ["\"", "\""] : [$0] }
        return string((["\""] + inner + ["\""]).map { Mark(scalar: $0, isQuoted: true) }[...])
    }
}
