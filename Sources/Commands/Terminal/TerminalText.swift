import Telegram

/// The text of a message as a terminal shows it: wrapped at words, with escape codes for styles.
struct TerminalText {
    /// A part of a line that is not broken: a word, or a whole ID or command.
    private struct Piece {
        var text: String
        var style: HTMLText.Style
        /// Whether a line may end before this piece, which then loses its spaces.
        var isSpace: Bool { text.allSatisfy { $0 == " " } }
    }

    let text: HTMLText
    /// The width of the terminal in columns; nil if lines are not wrapped.
    var width: Int?
    var hasStyles: Bool

    var shown: String {
        lines(of: text).map { width == nil ? [$0] : wrapped($0) }.joined().map(written).joined(
            separator: "\n"
        )
    }

    /// The pieces of each line of the text.
    private func lines(of text: HTMLText) -> [[Piece]] {
        var lines: [[Piece]] = [[]]
        for run in text.runs {
            let parts = Self.printable(run.text).split(separator: "\n", omittingEmptySubsequences: false)
            for (index, part) in parts.enumerated() {
                if index > 0 { lines.append([]) }
                lines[lines.count - 1] += pieces(of: part, run.style)
            }
        }
        return lines
    }

    private func pieces(of line: Substring, _ style: HTMLText.Style) -> [Piece] {
        guard !line.isEmpty else { return [] }
        if style == .code, line.columns <= width ?? .max { return [Piece(text: String(line), style: style)] }
        var pieces: [Piece] = []
        for character in line {
            let isSpace = character == " "
            if let last = pieces.last, last.isSpace == isSpace {
                pieces[pieces.count - 1].text.append(character)
            } else {
                pieces.append(Piece(text: String(character), style: style))
            }
        }
        return pieces
    }

    /// The line as rows of the terminal; those after the first are indented like the first.
    ///
    /// A piece that is wider than the terminal stays whole, so that people can copy a link or an ID.
    private func wrapped(_ line: [Piece]) -> [[Piece]] {
        let indent = line.first.flatMap { $0.isSpace && $0.text.count < (width ?? 0) / 2 ? $0 : nil }
        var (rows, used): ([[Piece]], Int) = ([[]], 0)
        for word in words(of: line) {
            let columns = word.reduce(0) { $0 + $1.text.columns }
            if used + columns > width ?? .max, used > (indent?.text.columns ?? 0) {
                if rows[rows.count - 1].last?.isSpace == true { rows[rows.count - 1].removeLast() }
                rows.append(indent.map { [$0] } ?? [])
                used = indent?.text.columns ?? 0
                if word.allSatisfy(\.isSpace) { continue }
            }
            rows[rows.count - 1] += word
            used += columns
        }
        return rows
    }

    /// The pieces between spaces: a comma behind a bold word belongs to it.
    private func words(of line: [Piece]) -> [[Piece]] {
        line.reduce(into: [[Piece]]()) { words, piece in
            if let last = words.last?.last, !last.isSpace, !piece.isSpace {
                words[words.count - 1].append(piece)
            } else {
                words.append([piece])
            }
        }
    }

    private func written(_ row: [Piece]) -> String {
        row.map { piece in
            guard hasStyles else { return piece.text }
            return switch piece.style {
            case .plain: piece.text
            case .bold: "\u{1B}[1m\(piece.text)\u{1B}[22m"
            case .italic: "\u{1B}[3m\(piece.text)\u{1B}[23m"
            case .code, .block: "\u{1B}[36m\(piece.text)\u{1B}[39m"
            }
        }.joined()
    }

    /// The text without characters that command a terminal.
    private static func printable(_ text: String) -> String {
        let words = text.replacing("\t", with: "    ")
        return String(
            String.UnicodeScalarView(
                words.unicodeScalars.map {
                    (0x80...0x9F).contains($0.value) || $0 == "\u{1B}" ? "\u{FFFD}" : $0
                }
            )
        )
    }
}
