import Foundation
import Telegram

/// Renders Markdown as far as a message of Telegram can show it: headings, lists, quotes, code, bold, italic and links.
///
/// Everything else stays as it is written. Line breaks are kept, because scripts write them on purpose.
struct MarkdownText {
    private var text = HTMLText()
    private var quote: HTMLText?
    private var block: (lines: [Substring], language: String?)?
    private var links = MarkdownLinks()

    /// The text, rendered in linear time.
    static func render(_ markdown: String) -> HTMLText {
        var renderer = MarkdownText()
        for line in markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            renderer.add(line)
        }
        renderer.endBlock()
        renderer.endQuote()
        return renderer.text
    }

    private mutating func add(_ line: Substring) {
        let trimmed = line.drop { $0 == " " || $0 == "\t" }
        let isFence = Self.isFence(trimmed)
        if block != nil {
            if isFence { endBlock() } else { block?.lines.append(line) }
        } else if isFence {
            endQuote()
            let language = trimmed.dropFirst(3).trimmingCharacters(in: .whitespaces)
            let isWord =
                !language.isEmpty && language.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            block = ([], isWord ? language.lowercased() : nil)
        } else if trimmed.first == ">" {
            let content = trimmed.dropFirst()
            let line = inline(content.first == " " ? content.dropFirst() : content)
            quote = quote.map { $0 + "\n" + line } ?? line
        } else {
            endQuote()
            addLine(content(of: trimmed, indent: line[..<trimmed.startIndex]))
        }
    }

    /// Whether the line begins or ends a block of code; code within a line has a second mark.
    private static func isFence(_ line: Substring) -> Bool {
        ["```", "~~~"].contains { line.hasPrefix($0) && !line.drop { "`~".contains($0) }.contains("`") }
    }

    private mutating func content(of line: Substring, indent: Substring) -> HTMLText {
        let marks = line.prefix { $0 == "#" }
        if (1...6).contains(marks.count), line.dropFirst(marks.count).first == " " {
            let title = line.dropFirst(marks.count).trimmingCharacters(in: .whitespaces)
            return inline(title[...], isBold: true)
        }
        let isRule = line.count > 2 && Set(line.filter { $0 != " " }).count == 1
        if isRule, let mark = line.first, "-*_".contains(mark) { return .plain("———") }
        if let mark = line.first, "-*+".contains(mark), line.dropFirst().first == " " {
            return .plain("\(indent)• ") + inline(line.dropFirst(2))
        }
        return .plain(String(indent)) + inline(line)
    }

    private mutating func inline(_ line: Substring, isBold: Bool = false) -> HTMLText {
        var parser = MarkdownLine(line, links: links)
        let text = parser.render(isBold: isBold)
        links = parser.links
        return text
    }

    private mutating func addLine(_ line: HTMLText) {
        text += text.runs.isEmpty ? line : "\n" + line
    }

    private mutating func endBlock() {
        guard let (lines, language) = block else { return }
        block = nil
        if !lines.isEmpty { addLine(.block(lines.joined(separator: "\n"), language: language)) }
    }

    private mutating func endQuote() {
        guard let quoted = quote else { return }
        quote = nil
        addLine(.quote(quoted))
    }
}

/// How many links a text may have behind words.
///
/// Telegram limits the HTML of a message to 32 KiB, of which the text itself may need 20.
struct MarkdownLinks {
    private var rest = 25
    private static let longest = 300

    /// The text with the link behind it, or with the URL after it where it cannot be behind.
    mutating func link(_ text: HTMLText, to url: String) -> HTMLText {
        let isWeb = url.hasPrefix("https://") || url.hasPrefix("http://") || url.hasPrefix("mailto:")
        guard isWeb, rest > 0, url.utf8.count <= Self.longest, !text.plain.isEmpty else {
            return text.plain == url || text.plain.isEmpty ? .plain(url) : text + .plain(" (\(url))")
        }
        rest -= 1
        return text.linked(to: url)
    }
}
