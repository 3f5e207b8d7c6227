import Telegram

/// Renders what is inside a line of Markdown: bold, italic, code and links.
///
/// The parser works on Unicode scalars and remembers which marks have no end, so that its time is linear.
struct MarkdownLine {
    private let scalars: [Unicode.Scalar]
    private(set) var links: MarkdownLinks
    private var result = HTMLText()
    private var plain = String.UnicodeScalarView()
    /// The marks that do not occur as an end any more.
    private var endless: Set<String> = []
    /// The next closing bracket at or after a position that was looked at before.
    private var nextBracket: Int?
    /// A closing bracket behind which no URL stands.
    private var emptyBracket: Int?

    /// Marks within marks, more deeply nested, stay as they are written.
    private static let deepest = 3
    /// In Unicode scalars.
    private static let longestURL = 2_048

    init(_ line: Substring, links: MarkdownLinks) {
        scalars = Array(line.unicodeScalars)
        self.links = links
    }

    mutating func render(isBold: Bool) -> HTMLText {
        render(0..<scalars.count, isBold ? .bold : .plain, depth: 0)
        return result
    }

    private mutating func render(_ range: Range<Int>, _ style: HTMLText.Style, depth: Int) {
        var position = range.lowerBound
        while position < range.upperBound {
            if let end = marked(at: position, in: range, style, depth: depth) {
                position = end
            } else {
                // A mark that marks nothing is taken as a whole, so that its parts are not tried again.
                let isMark = "*_~`".unicodeScalars.contains(scalars[position])
                let end = isMark ? endOfRun(position, in: range) : position + 1
                plain.append(contentsOf: scalars[position..<end])
                position = end
            }
        }
        flush(style)
    }

    /// Renders what begins at `position` with a mark; returns where it ends, or nil if there is no such thing.
    private mutating func marked(
        at position: Int,
        in range: Range<Int>,
        _ style: HTMLText.Style,
        depth: Int
    ) -> Int? {
        switch scalars[position] {
        case "\\":
            guard position + 1 < range.upperBound, Self.isPunctuation(scalars[position + 1]) else {
                return nil
            }
            plain.append(scalars[position + 1])
            return position + 2
        case "`": return code(at: position, in: range, style)
        case "[": return link(at: position, in: range, style)
        case "!" where position + 1 < range.upperBound && scalars[position + 1] == "[":
            return link(at: position + 1, in: range, style)
        case "h": return address(at: position, in: range)
        case "*", "_", "~": return emphasis(at: position, in: range, style, depth: depth)
        default: return nil
        }
    }

    /// Takes an address of the web as it is: its underscores mark nothing.
    private mutating func address(at position: Int, in range: Range<Int>) -> Int? {
        let rest = scalars[position..<range.upperBound]
        guard ["https://", "http://"].contains(where: { rest.starts(with: $0.unicodeScalars) }) else {
            return nil
        }
        let end = rest.firstIndex { $0.properties.isWhitespace || "*`<>[]()".unicodeScalars.contains($0) }
        plain.append(contentsOf: scalars[position..<(end ?? range.upperBound)])
        return end ?? range.upperBound
    }

    private mutating func code(at position: Int, in range: Range<Int>, _ style: HTMLText.Style) -> Int? {
        let start = endOfRun(position, in: range)
        let mark = String(repeating: "`", count: start - position)
        guard mark.count <= 3, !endless.contains(mark) else { return nil }
        var end = start
        while end < range.upperBound {
            let next = scalars[end] == "`" ? endOfRun(end, in: range) : end + 1
            if scalars[end] == "`", next - end == mark.count, end > start {
                flush(style)
                result += .code(text(start..<end))
                return next
            }
            end = next
        }
        endless.insert(mark)
        return nil
    }

    private mutating func link(at position: Int, in range: Range<Int>, _ style: HTMLText.Style) -> Int? {
        if nextBracket.map({ $0 < position }) ?? true {
            nextBracket = scalars[position..<range.upperBound].firstIndex(of: "]") ?? range.upperBound
        }
        guard let bracket = nextBracket, bracket != emptyBracket, bracket + 1 < range.upperBound,
            scalars[bracket + 1] == "("
        else { return nil }
        let start = bracket + 2
        // A URL has no blanks. A pair of parentheses may be in it, as in links to Wikipedia.
        let limit = min(range.upperBound, start + Self.longestURL)
        var (end, open) = (start, 0)
        while end < limit, !scalars[end].properties.isWhitespace, scalars[end] != ")" || open > 0 {
            if scalars[end] == "(" { open += 1 } else if scalars[end] == ")" { open -= 1 }
            end += 1
        }
        guard end < limit, scalars[end] == ")", end > start else {
            emptyBracket = bracket
            return nil
        }
        flush(style)
        var label = MarkdownLine(text(position + 1..<bracket)[...], links: links)
        label.render(0..<label.scalars.count, style, depth: 0)
        // One run for each link: a message has no room for the URL of each word.
        let isBold = !label.result.runs.isEmpty && label.result.runs.allSatisfy { $0.style == .bold }
        let words = HTMLText.styled(label.result.plain, isBold ? .bold : style)
        result += links.link(words, to: text(start..<end))
        return end + 1
    }

    private mutating func emphasis(
        at position: Int,
        in range: Range<Int>,
        _ style: HTMLText.Style,
        depth: Int
    ) -> Int? {
        let mark = scalars[position]
        let start = endOfRun(position, in: range)
        let count = start - position
        let key = String(repeating: Character(mark), count: min(count, 4)) + (depth == 0 ? "" : "\(range)")
        guard depth < Self.deepest, count <= 3, mark != "~" || count == 2, !endless.contains(key),
            start < range.upperBound, !scalars[start].properties.isWhitespace,
            mark != "_" || position == range.lowerBound || !Self.isOfWord(scalars[position - 1])
        else { return nil }
        var end = start
        while end < range.upperBound {
            let next = scalars[end] == mark ? endOfRun(end, in: range) : end + 1
            let isEnd =
                scalars[end] == mark && next - end == count && !scalars[end - 1].properties.isWhitespace
            let isBehindWord = mark != "_" || next == range.upperBound || !Self.isOfWord(scalars[next])
            if isEnd, isBehindWord {
                flush(style)
                render(start..<end, Self.style(of: mark, count, within: style), depth: depth + 1)
                return next
            }
            end = next
        }
        endless.insert(key)
        return nil
    }

    /// A message has one style at a place: bold wins over italic.
    private static func style(of mark: Unicode.Scalar, _ count: Int, within outer: HTMLText.Style)
        -> HTMLText.Style
    {
        if mark == "~" { return outer }
        return count > 1 ? .bold : outer == .plain ? .italic : outer
    }

    private func endOfRun(_ position: Int, in range: Range<Int>) -> Int {
        let rest = scalars[position..<range.upperBound]
        return rest.firstIndex { $0 != scalars[position] } ?? range.upperBound
    }

    private mutating func flush(_ style: HTMLText.Style) {
        guard !plain.isEmpty else { return }
        result += HTMLText.styled(String(plain), style)
        plain = String.UnicodeScalarView()
    }

    private func text(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F && !isOfWord(scalar)
    }
}
